"""Check one scenario."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from interviewer.content.check.code import code_problems, syntax_problems
from interviewer.content.check.interjections import interjection_problems
from interviewer.content.check.kills import rewrite_kills
from interviewer.content.check.memory import Remembering
from interviewer.content.check.probes import probe_problems
from interviewer.content.check.report import ScenarioReport
from interviewer.content.check.runs import MUTANT_SEEDS, SEEDS, Kills, Runner
from interviewer.content.check.spread import RunsTests, Spread
from interviewer.content.check.text import text_problems
from interviewer.content.scenarios import (
    TOML,
    common_facts,
    common_file,
    load_scenario,
    own_facts,
)
from interviewer.domain.phases import Kind
from interviewer.errors import ContentError, UsageError


def check_scenario(
    folder: Path,
    executor: RunsTests | None,
    *,
    seeds: Sequence[int] = SEEDS,
    threads: int = 2,
    write_kills: bool = False,
    memory: Path | None = None,
) -> ScenarioReport:
    """Everything that is wrong with one scenario, and which test kills which mutant.

    `threads` runs go on at a time. `write_kills` measures and rewrites `killed_by` in the scenario's
    file, then reports what is left. Without an executor nothing is run: only what reading shows.
    With a file as `memory`, runs that it holds are not made again.
    """
    started = time.perf_counter()
    name = folder.name.lstrip("_")
    try:
        scenario = load_scenario(folder, without_kills=write_kills)
    except ContentError as error:
        return ScenarioReport(id=name, problems=error.problems, ms=_since(started))
    coding = scenario.kind is Kind.CODING
    broken = list(syntax_problems(folder)) if coding else []
    runs = executor if coding and not broken else None
    if runs is not None and memory:
        runs = Remembering(runs, scenario, memory)
    much_to_do = runs is not None and not (isinstance(runs, Remembering) and runs.knows_most)
    if isinstance(executor, Spread) and much_to_do:
        executor.prepare(scenario.libraries)
    kills: dict[str, Kills] = {}
    not_run: tuple[str, ...] = ()
    label = f"{folder.parent.name}/{folder.name}"
    with ExitStack() as ending:
        runner = None
        if runs is not None:
            runner = Runner(runs, scenario, folder, seeds, seeds[: len(MUTANT_SEEDS)], threads)
            ending.callback(runner.close)
            runner.begin()
        own = own_facts(scenario, common_facts(common_file(folder)))
        problems = [*text_problems(scenario, folder, own), *probe_problems(scenario, own, label)]
        problems += interjection_problems(scenario, folder, label)
        problems += broken
        if coding and not broken:
            problems += code_problems(scenario, folder, own)
        if runner:
            problems += runner.all_correct()
            not_run = runner.not_run()
            found = list(runner.mutants(kills.__setitem__))
            if write_kills:
                _write(folder / TOML, {m: k.ever for m, k in kills.items()})
                found = [p for p in found if not p.key.endswith(".killed_by")]
            problems += found
        if isinstance(runs, Remembering):
            runs.save()
    return ScenarioReport(
        id=name,
        problems=tuple(dict.fromkeys(problems)),
        mutants={mutant: k.ever for mutant, k in kills.items()},
        ms=_since(started),
        not_run=not_run,
    )


def _write(file: Path, kills: dict[str, tuple[str, ...]]) -> None:
    text = file.read_text(encoding="utf-8")
    try:
        file.write_text(rewrite_kills(text, kills), encoding="utf-8")
    except OSError as error:
        remedy = "copy the scenario to a folder of your own"
        raise UsageError(f"cannot be written: {error.strerror}", where=str(file), remedy=remedy) from None


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
