"""`interviewer eval`: interviewers evaluated offline against scripted candidates."""

from __future__ import annotations

import asyncio
import json as json_module
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from interviewer.cli.compose import Home, compose, make_executor, open_home
from interviewer.cli.console import print_json, print_table, safe
from interviewer.cli.guard import FAILED
from interviewer.errors import UnknownName, UsageError
from interviewer.evaluation.persona import Cast, OwnChecks, load_cast, load_own_checks
from interviewer.evaluation.result import CaseResult, EvalResult, read_result, summary


def run(
    extra: Sequence[Path],
    *,
    model: str,
    personas: Sequence[str],
    scenarios: Sequence[str],
    epochs: int,
    seed: int,
    at_a_time: int,
    output: Path | None,
    json: bool,
) -> int:
    """`interviewer eval run`: 0 when nothing was found, 1 when something was."""
    from interviewer.evaluation.run import cases, run_cases
    from interviewer.service.clocks import SimulatedClock
    from interviewer.service.service import Ports
    from interviewer.storage import MemoryStore

    home = open_home(extra)
    cast, stages = material(home)
    chosen = [cast.get(name) for name in personas] or list(cast.personas)
    for name in scenarios:
        if name not in stages:
            raise UnknownName("scenario with a scripted candidate", name, stages)
    todo = cases(chosen, [stages[name] for name in scenarios or stages], epochs)
    _writable(output)
    if model not in ("", "offline"):
        from interviewer.cli.models import find

        find(home, model)  # a model that is not there is told before an hour has gone by
    executor = make_executor()
    try:
        executor.warm()

        def ports(clock: SimulatedClock) -> Ports:
            return compose(home, store=MemoryStore(), clock=clock, executor=executor).ports

        show = None if json else _progress(len(todo))

        def on_case(case: CaseResult, so_far: EvalResult) -> None:
            _keep(output, so_far)
            if show:
                show(case, len(so_far.cases))

        result = asyncio.run(
            run_cases(
                todo, ports, interviewer=model or "offline", seed=seed, at_a_time=at_a_time, on_case=on_case
            )
        )
    finally:
        executor.close()
    if json:
        print_json(result.to_json())
    else:
        _print(result)
        if output:
            print(f"kept in {safe(str(output))}")
    return 0 if result.ok else FAILED


def compare(first: Path, second: Path, *, json: bool) -> int:
    """`interviewer eval compare`: what the second did otherwise than the first, and whether it is luck."""
    from interviewer.evaluation.compare import compare as work

    one, other = _load(first), _load(second)
    found = work(one, other)
    if json:
        print_json(found.to_json())
        return 0
    print(f"first: {safe(one.interviewer)}, second: {safe(other.interviewer)}; {found.pairs} pairs of cases")
    rows = [
        (
            d.metric, f"{d.first:.3f}", f"{d.second:.3f}", f"{d.difference:+.3f}",
            f"{d.p:.3f}", f"{d.smallest_p:.3f}",
        )
        for d in found.metrics
    ]  # fmt: skip
    print_table(("metric", "first", "second", "difference", "p", "least p"), rows)
    for difference in found.metrics:
        moved = {name: value for name, value in difference.by_scenario.items() if value}
        for name, value in sorted(moved.items(), key=lambda item: item[1]):
            print(f"  {difference.metric}, {safe(name)}: {value:+.3f}")
    if found.unpaired:
        print(f"left out, in one of them only: {safe(', '.join(found.unpaired))}")
    return 0


def material(home: Home) -> tuple[Cast, dict[str, OwnChecks]]:
    """The scripted candidates, and what the scenarios that have any lend them, by scenario."""
    for root in reversed(home.library.catalogue.roots):
        file = root.evals / "personas.toml"
        if file.is_file():
            stages = sorted((root.evals / "candidates").glob("*.toml"))
            return load_cast(file), {path.stem: load_own_checks(path) for path in stages}
    raise UsageError("no evals/personas.toml was found", remedy="install the program again")


def _writable(output: Path | None) -> None:
    if output is None:
        return
    if output.is_dir():
        raise UsageError("is a folder", where=str(output), remedy="name a file")
    if not output.parent.is_dir():
        raise UsageError("its folder does not exist", where=str(output))


def _keep(output: Path | None, result: EvalResult) -> None:
    """Write what there is, so that an evaluation that is stopped loses nothing."""
    if output is None:
        return
    draft = output.with_name(output.name + ".part")
    try:
        draft.write_text(json_module.dumps(result.to_json(), indent=1), encoding="utf-8")
        draft.replace(output)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise UsageError(f"cannot be written: {error.strerror}", where=str(output)) from None


def _load(path: Path) -> EvalResult:
    try:
        document: Any = json_module.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except ValueError:
        raise UsageError("is not JSON", where=str(path), remedy="interviewer eval run -o FILE") from None
    return read_result(document, str(path))


def _print(result: EvalResult) -> None:
    rows = []
    by_persona: dict[str, list[CaseResult]] = defaultdict(list)
    for case in result.cases:
        by_persona[case.persona].append(case)
    for persona, played in by_persona.items():
        told = summary(played)
        rows.append(
            (
                persona,
                str(told["cases"]),
                f"{told['in_range']:.2f}",
                str(told["breaches"]),
                str(told["errors"]),
            )
        )
    print_table(("persona", "played", "in range", "breaches", "errors"), rows)
    for case in result.cases:
        for line in (*case.breaches, *(f"{s}: {t}" for s, t in case.out_of_range.items()), case.error):
            if line:
                print(f"  {safe(case.persona)} in {safe(case.scenario)}: {safe(line)}")
    told = summary(result.cases)
    print(f"{told['fine']} of {told['cases']} interviews by {safe(result.interviewer)} without a finding")
    if told["calls"]:
        print(
            f"{told['calls']} calls of the model, {told['failed_calls']} failed, {told['tokens']} tokens;"
            f" replaced in {told['replaced']} interviews"
        )


def _progress(total: int) -> Callable[[CaseResult, int], None] | None:
    """A bar on a terminal; nothing where output is kept."""
    if not sys.stderr.isatty():
        return None

    def show(case: CaseResult, done: int) -> None:
        filled = round(30 * done / total)
        name = f"{case.persona} in {case.scenario}"
        end = "\n" if done == total else ""
        line = f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total} {name:<44.44}"
        print(line, end=end, file=sys.stderr, flush=True)

    return show
