"""Check many scenarios, each in one of several processes: the tests of two do not wait for one another."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path

from interviewer.content.check.cache import CheckCache
from interviewer.content.check.prove import check_scenario
from interviewer.content.check.report import CheckReport, ScenarioReport
from interviewer.content.prompts import prompts
from interviewer.content.roots import ContentRoot
from interviewer.content.rubrics import rubrics
from interviewer.content.scenarios import common_file, digest
from interviewer.errors import ContentError, Problem
from interviewer.ports import Executor

OnDone = Callable[[ScenarioReport, int, int], None]
MakeExecutor = Callable[[], Executor]


def check_all(
    folders: Sequence[Path],
    make_executor: MakeExecutor | None,
    *,
    workers: int = 2,
    cache: CheckCache | None = None,
    write_kills: bool = False,
    roots: Sequence[ContentRoot] = (),
    on_done: OnDone | None = None,
) -> CheckReport:
    """Check many scenarios in `workers` processes; each builds, uses and closes an executor of its own.

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
    jobs: Sequence[_Job], make_executor: MakeExecutor | None, workers: int
) -> Iterator[tuple[Path, ScenarioReport]]:
    if len(jobs) < 2 or workers < 2 or make_executor is None:
        # A single scenario is spread over the workers here; reading alone takes no process.
        with contextlib.ExitStack() as open_here:
            executor = make_executor() if jobs and make_executor else None
            if executor:
                open_here.callback(executor.close)
            for job in jobs:
                yield job.folder, _one(job, executor, workers)
        return
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(jobs)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(make_executor,),
    )
    try:
        with _interrupts_held():
            waiting = {pool.submit(_here, job): job.folder for job in jobs}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    except BaseException:
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes that ^C does not reach: it is the business of this one, which then ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_executor: Executor | None = None


def _begin(make_executor: MakeExecutor) -> None:
    global _executor
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # as in the process that was started by hand
    _executor = make_executor()
    Finalize(None, _executor.close, exitpriority=10)


def _here(job: _Job) -> ScenarioReport:
    return _one(job, _executor, 1)


def _one(job: _Job, executor: Executor | None, threads: int) -> ScenarioReport:
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
