"""One scenario's runs on several processes: this one, and helpers once they are ready."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing.process import BaseProcess
from typing import Protocol

from interviewer.content.check import pool
from interviewer.domain.scenario import Scenario, TestSpec
from interviewer.domain.test_run import TestRun
from interviewer.errors import HarnessFailure


class RunsTests(Protocol):
    """What a check asks of an executor."""

    def run_tests(
        self, scenario: Scenario, source: str, *, tests: Sequence[TestSpec], seed: int = 0
    ) -> TestRun:
        """See ports.Executor; without recognition and without results as they come."""


class Spread:
    """An executor here and as many as `helpers` in processes of their own, started by `prepare`.

    A helper that is not ready, or is lost, is no error: the run is made here. To be closed.
    """

    def __init__(self, make_executor: pool.MakeExecutor, helpers: int) -> None:
        self._make = make_executor
        self._here = make_executor()
        self._count = helpers
        self._lock = threading.Lock()
        self._busy = 0
        self._pool: ProcessPoolExecutor | None = None
        self._others: list[BaseProcess] = []
        self._ready: list[Future[None]] = []
        self._warming: threading.Thread | None = None

    def prepare(self, libraries: Sequence[str]) -> None:
        """Start what many runs of code with these libraries will need, without waiting for it."""
        import numpy  # noqa: F401  # before the copy is made, which then has it

        self._others = pool.others()
        self._pool = pool.start(self._make, self._count, first_core=1, copies=True)
        self._ready = [pool.submit(self._pool, _warm_there) for _ in range(self._count)]
        self._warming = threading.Thread(target=self._warm, args=(libraries,), name="check-warm")
        self._warming.start()

    def run_tests(
        self, scenario: Scenario, source: str, *, tests: Sequence[TestSpec], seed: int = 0
    ) -> TestRun:
        """See RunsTests."""
        # A second library takes the time of several runs to load: one process is enough for that.
        named = any(name in source for name in scenario.libraries if name != "numpy")
        helper = None if named else self._take()
        if helper:
            try:
                return pool.submit(helper, _run_there, scenario, source, tests, seed).result()
            except BrokenExecutor:
                self._ready = []
            finally:
                with self._lock:
                    self._busy -= 1
        return self._here.run_tests(scenario, source, tests=tests, seed=seed)

    def _take(self) -> ProcessPoolExecutor | None:
        with self._lock:
            ready = sum(1 for f in self._ready if f.done() and not f.exception())
            if self._busy >= ready:
                return None
            self._busy += 1
            return self._pool

    def _warm(self, libraries: Sequence[str]) -> None:
        with contextlib.suppress(HarnessFailure):
            self._here.warm(libraries)

    def close(self) -> None:
        """End helpers and executor."""
        if self._pool:
            pool.end(self._pool, self._others)
        if self._warming:
            self._warming.join()
        self._here.close()


def _warm_there() -> None:
    executor = pool.executor()
    assert executor
    executor.warm()


def _run_there(scenario: Scenario, source: str, tests: Sequence[TestSpec], seed: int) -> TestRun:
    executor = pool.executor()
    assert executor
    return executor.run_tests(scenario, source, tests=tests, seed=seed)
