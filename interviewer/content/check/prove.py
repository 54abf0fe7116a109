"""Check scenarios: one, or many side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from interviewer.content.check.cache import CheckCache
from interviewer.content.check.code import code_problems, syntax_problems
from interviewer.content.check.interjections import interjection_problems
from interviewer.content.check.kills import rewrite_kills
from interviewer.content.check.probes import probe_problems
from interviewer.content.check.report import CheckReport, ScenarioReport
from interviewer.content.check.runs import MUTANT_SEEDS, SEEDS, Kills, Runner
from interviewer.content.check.text import text_problems
from interviewer.content.prompts import prompts
from interviewer.content.roots import ContentRoot
from interviewer.content.rubrics import rubrics
from interviewer.content.scenarios import (
    TOML,
    common_facts,
    common_file,
    digest,
    load_scenario,
    own_facts,
)
from interviewer.domain.phases import Kind
from interviewer.errors import ContentError, Problem, UsageError
from interviewer.ports import Executor

OnDone = Callable[[ScenarioReport, int, int], None]


def check_scenario(
    folder: Path,
    executor: Executor | None,
    *,
    seeds: Sequence[int] = SEEDS,
    threads: int = 2,
    write_kills: bool = False,
) -> ScenarioReport:
    """Everything that is wrong with one scenario, and which test kills which mutant.

    `threads` runs go on at a time. `write_kills` measures and rewrites `killed_by` in the scenario's
    file, then reports what is left. Without an executor nothing is run: only what reading shows.
    """
    started = time.perf_counter()
    name = folder.name.lstrip("_")
    try:
        scenario = load_scenario(folder, without_kills=write_kills)
    except ContentError as error:
        return ScenarioReport(id=name, problems=error.problems, ms=_since(started))
    kills: dict[str, Kills] = {}
    not_run: tuple[str, ...] = ()
    label = f"{folder.parent.name}/{folder.name}"
    own = own_facts(scenario, common_facts(common_file(folder)))
    problems = [*text_problems(scenario, folder, own), *probe_problems(scenario, own, label)]
    problems += interjection_problems(scenario, folder, label)
    broken = list(syntax_problems(folder)) if scenario.kind is Kind.CODING else []
    problems += broken
    if scenario.kind is Kind.CODING and not broken:
        problems += code_problems(scenario, folder, own)
    if scenario.kind is Kind.CODING and not broken and executor is not None:
        runner = Runner(executor, scenario, folder, seeds, seeds[: len(MUTANT_SEEDS)], threads)
        problems += runner.all_correct()
        not_run = runner.not_run()
        found = list(runner.mutants(kills.__setitem__))
        if write_kills:
            _write(folder / TOML, {m: k.ever for m, k in kills.items()})
            found = [p for p in found if not p.key.endswith(".killed_by")]
        problems += found
    return ScenarioReport(
        id=name,
        problems=tuple(dict.fromkeys(problems)),
        mutants={mutant: k.ever for mutant, k in kills.items()},
        ms=_since(started),
        not_run=not_run,
    )


def check_all(
    folders: Sequence[Path],
    make_executor: Callable[[], Executor] | None,
    *,
    workers: int = 2,
    cache: CheckCache | None = None,
    write_kills: bool = False,
    roots: Sequence[ContentRoot] = (),
    on_done: OnDone | None = None,
) -> CheckReport:
    """Check many scenarios side by side; each worker builds, uses and closes an executor of its own.

    Without `make_executor` nothing is run. With a `cache`, scenarios whose files have not changed are
    not run again. `roots` adds the problems of their rubrics and prompts. `on_done` gets each report as
    it is ready, the number done and the total.
    """
    started = time.perf_counter()
    # A single scenario is spread over the workers; of many, each takes its own.
    threads = workers if len(folders) == 1 else 1
    mine = threading.local()
    opened: list[Executor] = []

    def executor() -> Executor | None:
        if make_executor is None:
            return None
        if not hasattr(mine, "executor"):
            mine.executor = make_executor()
            opened.append(mine.executor)
        made: Executor = mine.executor
        return made

    def one(folder: Path) -> ScenarioReport:
        key = digest(folder, common_file(folder)) if cache and make_executor and not write_kills else ""
        known = cache.get(folder, key) if cache and key else None
        if known is not None:
            return known
        report = check_scenario(folder, executor(), threads=threads, write_kills=write_kills)
        if cache and key and not report.not_run:
            cache.put(folder, key, report)
        return report

    reports: dict[Path, ScenarioReport] = {}
    try:
        with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="check") as pool:
            waiting = {pool.submit(one, folder): folder for folder in folders}
            for future in as_completed(waiting):
                report = future.result()
                reports[waiting[future]] = report
                if on_done is not None:
                    on_done(report, len(reports), len(folders))
    finally:
        for made in opened:
            made.close()
    return CheckReport(
        scenarios=tuple(reports[folder] for folder in folders),
        problems=shared_problems(roots),
        ms=_since(started),
    )


def shared_problems(roots: Sequence[ContentRoot]) -> tuple[Problem, ...]:
    """Problems of the rubrics and prompts of these roots."""
    found: list[Problem] = []
    if roots:
        for load in (rubrics, prompts):
            try:
                load(roots)
            except ContentError as error:
                found += error.problems
    return tuple(found)


def _write(file: Path, kills: dict[str, tuple[str, ...]]) -> None:
    text = file.read_text(encoding="utf-8")
    try:
        file.write_text(rewrite_kills(text, kills), encoding="utf-8")
    except OSError as error:
        remedy = "copy the scenario to a folder of your own"
        raise UsageError(f"cannot be written: {error.strerror}", where=str(file), remedy=remedy) from None


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
