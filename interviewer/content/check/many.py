"""Check many scenarios, each in one of several processes: the tests of two do not wait for one another."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path

from interviewer.content.check import pool
from interviewer.content.check.cache import CheckCache
from interviewer.content.check.prove import check_scenario
from interviewer.content.check.report import CheckReport, ScenarioReport
from interviewer.content.check.spread import RunsTests, Spread
from interviewer.content.prompts import prompts
from interviewer.content.roots import ContentRoot
from interviewer.content.rubrics import rubrics
from interviewer.content.scenarios import common_file, digest
from interviewer.errors import ContentError, Problem

OnDone = Callable[[ScenarioReport, int, int], None]


def check_all(
    folders: Sequence[Path],
    make_executor: pool.MakeExecutor | None,
    *,
    workers: int = 2,
    cache: CheckCache | None = None,
    write_kills: bool = False,
    roots: Sequence[ContentRoot] = (),
    on_done: OnDone | None = None,
) -> CheckReport:
    """Check many scenarios in `workers` processes; each builds, uses and closes an executor of its own.

    A single scenario's runs are spread over as many.

    `make_executor` is a function or class that another process can import; without it nothing is run.
    With a `cache`, scenarios whose files have not changed are not run again, and of a changed one only
    what the change concerns. `roots` adds the problems of their rubrics and prompts. `on_done` gets each
    report as it is ready, the number done and the total.
    """
    started = time.perf_counter()
    use = cache if make_executor and not write_kills else None
    keys = {folder: digest(folder, common_file(folder)) for folder in folders} if use else {}
    reports: dict[Path, ScenarioReport] = {}

    def done(folder: Path, report: ScenarioReport) -> None:
        reports[folder] = report
        if on_done is not None:
            on_done(report, len(reports), len(folders))

    for folder in folders:
        known = use.get(folder, keys[folder]) if use else None
        if known is not None:
            done(folder, known)
    jobs = [_Job(f, write_kills, cache.runs(f) if cache else None) for f in folders if f not in reports]
    for folder, report in _check(jobs, make_executor, workers):
        if use and not report.not_run:
            use.put(folder, keys[folder], report)
        done(folder, report)
    return CheckReport(
        scenarios=tuple(reports[folder] for folder in folders),
        problems=shared_problems(roots),
        ms=(time.perf_counter() - started) * 1000,
    )


@dataclass(frozen=True, slots=True)
class _Job:
    folder: Path
    write_kills: bool
    memory: Path | None


def _check(
    jobs: Sequence[_Job], make_executor: pool.MakeExecutor | None, workers: int
) -> Iterator[tuple[Path, ScenarioReport]]:
    if make_executor is None:
        for job in jobs:  # reading alone takes no process
            yield job.folder, _one(job, None, 1)
    elif len(jobs) == 1 and workers > 1:
        with contextlib.closing(Spread(make_executor, workers - 1)) as spread:
            yield jobs[0].folder, _one(jobs[0], spread, workers)
    elif jobs and (len(jobs) == 1 or workers < 2):
        with contextlib.closing(make_executor()) as executor:
            for job in jobs:
                yield job.folder, _one(job, executor, workers)
    elif jobs:
        others = pool.others()
        processes = pool.start(make_executor, min(workers, len(jobs)))
        try:
            waiting = {pool.submit(processes, _here, job): job.folder for job in jobs}
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BaseException:
            pool.end(processes, others)
            raise
        processes.shutdown()


def _here(job: _Job) -> ScenarioReport:
    return _one(job, pool.executor(), 1)


def _one(job: _Job, executor: RunsTests | None, threads: int) -> ScenarioReport:
    return check_scenario(
        job.folder, executor, threads=threads, write_kills=job.write_kills, memory=job.memory
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
