"""The executor of this machine: contained processes forked from warm zygotes."""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from interviewer.domain.scenario import Limits, Scenario, TestSpec
from interviewer.domain.session import sha
from interviewer.domain.test_run import (
    OwnTestGrade,
    ProgramRun,
    Recognition,
    TestResult,
    TestRun,
    Verdict,
    worst,
)
from interviewer.errors import HarnessFailure
from interviewer.executor import grading, programs, selftest, trusted
from interviewer.executor import layers as platform
from interviewer.executor import recognise as recognition
from interviewer.executor.cell import Cell
from interviewer.executor.layers import LayerReport
from interviewer.executor.remote import Solution
from interviewer.executor.stops import Stopped
from interviewer.executor.workers import Nursery
from interviewer.executor.zygote import Zygote
from interviewer.ports import OnOutput, OnResult

_SETTLE_SECONDS = 4.0  # for telling apart mutants with equal signatures, after all results are out


class LocalExecutor:
    """Runs candidates' code on this machine; see ports.Executor.

    `workers` zygotes are kept per set of libraries, started when first needed. `layers` names the
    containment layers to put on (all of the platform's by default). Without `fork` every run gets
    a process started for it, as on the systems that cannot fork a loaded process.
    """

    def __init__(
        self, workers: int = 1, *, layers: Sequence[str] | None = None, fork: bool = sys.platform == "linux"
    ) -> None:
        self._make: type[Zygote] | type[Nursery] = Zygote if fork else Nursery
        self._workers = max(1, workers)
        self._wanted = tuple(platform.platform_layers() if layers is None else layers)
        self._pools: dict[tuple[str, ...], list[Zygote | Nursery]] = {}
        self._retired: list[Zygote | Nursery] = []
        self._lock = threading.Lock()
        self._starting: dict[tuple[str, ...], threading.Lock] = {}
        self._closed = False
        self._tried: dict[str, str] | None = None

    def __enter__(self) -> LocalExecutor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- zygotes ---

    def _zygote(self, libraries: tuple[str, ...]) -> Zygote | Nursery:
        key = tuple(sorted(set(libraries)))
        # One with other libraries may take a second to start: nobody else waits for that.
        with self._starting.setdefault(key, threading.Lock()):
            with self._lock:
                if self._closed:
                    raise HarnessFailure("the executor is closed")
                pool = self._pools.setdefault(key, [])
                self._retired += [z for z in pool if z.alive and z.unfit]
                for idle_one in [z for z in self._retired if z.active <= 0]:
                    self._retired.remove(idle_one)
                    idle_one.close()
                pool[:] = [z for z in pool if z.alive and not z.unfit]
                idle = min(pool, key=lambda z: z.active, default=None)
                if idle and (not idle.active or len(pool) >= self._workers):
                    return idle
            made = self._make(key, self._wanted)
            with self._lock:
                if not self._closed:
                    pool.append(made)
                    return made
            made.close()
            raise HarnessFailure("the executor is closed")

    def _cell(
        self,
        scenario: Scenario,
        source: str,
        run_deadline: float,
        *,
        on_output: Callable[[bytes], None] | None = None,
    ) -> Cell:
        memory_mb, cpu_seconds = _ceilings(scenario)
        return Cell(
            self._zygote(_libraries(scenario, source)),
            memory_mb=memory_mb,
            cpu_seconds=cpu_seconds,
            call_seconds=scenario.limits.call_seconds,
            run_deadline=run_deadline,
            on_output=on_output,
        )

    # --- the port ---

    def warm(self, libraries: Sequence[str] = ("numpy",)) -> None:
        """Import NumPy, start a zygote and try its layers; a failure shows when something runs."""
        import numpy as np

        np.random.default_rng([0, 0]).normal()
        limits = Limits()
        for needed in dict.fromkeys((("numpy",), tuple(libraries))):
            with suppress(HarnessFailure):
                zygote = self._zygote(needed)
                if self._tried is None:
                    self._tried = selftest.attempt(zygote)
                zygote.fork_ahead(limits.memory_mb, _cpu_seconds(limits))

    def selftest(self) -> tuple[LayerReport, ...]:
        """Try every layer of this platform by attempting what it forbids."""
        try:
            states = selftest.attempt(self._zygote(("numpy",)))
        except HarnessFailure as failure:
            states = {name: str(failure) for name in self._wanted}
        self._tried = states
        return tuple(
            LayerReport(
                name=name,
                on=states.get(name) == "on",
                reason="" if states.get(name) == "on" else states.get(name, "off"),
                covers=platform.COVERS.get(name, ""),
            )
            for name in platform.platform_layers()
        )

    def run_tests(
        self,
        scenario: Scenario,
        source: str,
        *,
        tests: Sequence[TestSpec],
        seed: int = 0,
        recognise: bool = False,
        on_result: OnResult | None = None,
    ) -> TestRun:
        """See ports.Executor. Never raises for anything the candidate's code does."""
        started = time.perf_counter()
        run = _Run(self, scenario, source, tests, seed, on_result)
        run.execute()
        results = tuple(run.results)
        verdict = run.verdict or worst([r.verdict for r in results])
        recognised = None
        if recognise:
            recognised = self._recognise(scenario, results, tests, seed)
        return TestRun(
            scenario=scenario.id,
            seed=seed,
            source_sha=sha(source),
            verdict=verdict,
            results=results,
            message=run.message,
            line=run.line,
            column=run.column,
            stdout=run.stdout,
            sandbox=self.sandbox(),
            recognition=recognised,
            ms=(time.perf_counter() - started) * 1000,
        )

    def _recognise(
        self, scenario: Scenario, results: Sequence[TestResult], tests: Sequence[TestSpec], seed: int
    ) -> Recognition | None:
        names = [t.name for t in scenario.tests]
        found = recognition.recognise(results, scenario.mutants, names)
        same = recognition.tied(results, scenario.mutants)
        if found or not same:
            return found
        failing = {r.name for r in results if r.verdict is not Verdict.PASSED}
        runs, until = {}, time.monotonic() + _SETTLE_SECONDS
        for mutant in same:
            if time.monotonic() > until:
                return None
            try:
                source = (Path(scenario.path) / "mutants" / f"{mutant.id}.py").read_text("utf-8")
            except OSError:
                return None
            run = _Run(self, scenario, source, [t for t in tests if t.name in failing], seed, None)
            run.execute()
            runs[mutant.id] = run.results
        return recognition.settle(results, runs, same, names)

    def run_program(
        self, scenario: Scenario, source: str, *, on_output: OnOutput | None = None
    ) -> ProgramRun:
        """See ports.Executor. Never raises for anything the candidate's code does."""
        seconds = scenario.limits.total_seconds

        def make(listener: Callable[[bytes], None] | None) -> Cell:
            return self._cell(scenario, source, time.monotonic() + seconds, on_output=listener)

        return programs.run(make, source, scenario.entry, seconds, on_output)

    def grade_own_tests(self, scenario: Scenario, source: str) -> OwnTestGrade:
        """See ports.Executor. Never raises for anything the candidate's code does."""
        every = " ".join(scenario.libraries)
        return grading.grade(lambda deadline: self._cell(scenario, every, deadline), scenario, source)

    def sandbox(self) -> dict[str, str]:
        """Each layer of this platform: `on`, `off` (not asked for), or why it is missing.

        After `warm` or `selftest` an `on` was tried, before that the system only accepted it.
        """
        with self._lock:
            live = next((z for pool in self._pools.values() for z in pool if z.alive), None)
        known = self._tried or (live.reports if live else {})
        return {name: known.get(name, "off") for name in platform.platform_layers()}

    def close(self) -> None:
        """End all child processes."""
        with self._lock:
            self._closed = True
            pools, self._pools = self._pools, {}
            retired, self._retired = self._retired, []
        for pool in (*pools.values(), retired):
            for zygote in pool:
                zygote.close()


def _libraries(scenario: Scenario, source: str) -> tuple[str, ...]:
    """Those of the allowed libraries that the text names, and NumPy: a fork with pandas loaded costs more."""
    return tuple(n for n in scenario.libraries if n == "numpy" or re.search(rf"\b{n}\b", source))


def _ceilings(scenario: Scenario) -> tuple[int, int]:
    """Megabytes and processor seconds of one process."""
    return scenario.limits.memory_mb, _cpu_seconds(scenario.limits)


def _cpu_seconds(limits: Limits) -> int:
    return int(limits.total_seconds) + 3


class _Run:
    """One run of tests: a process while it lasts, a new one after each death."""

    def __init__(
        self,
        executor: LocalExecutor,
        scenario: Scenario,
        source: str,
        tests: Sequence[TestSpec],
        seed: int,
        on_result: OnResult | None,
    ) -> None:
        self._executor = executor
        self._scenario = scenario
        self._source = source
        self._tests = tests
        self._seed = seed
        self._on_result = on_result
        self._deadline = time.monotonic() + scenario.limits.total_seconds
        self._cell: Cell | None = None
        self._solution: Solution | None = None
        self.results: list[TestResult] = []
        self.verdict: Verdict | None = None
        self.message = ""
        self.line: int | None = None
        self.column: int | None = None
        self.stdout = ""

    def execute(self) -> None:
        try:
            names = trusted.load_tests(self._scenario.path)
        except HarnessFailure as failure:
            self._all(trusted.Outcome(Verdict.HARNESS_ERROR, str(failure)))
            return
        try:
            for spec in self._tests:
                function = names.get(f"test_{spec.name}")
                if function is None:
                    text = f"tests.py has no test_{spec.name}"
                    self._give(trusted.result(spec, trusted.Outcome(Verdict.HARNESS_ERROR, text)))
                    continue
                if not self._test(spec, function):
                    return
        finally:
            if self._cell:
                self._cell.fork_ahead()
            self._drop()

    def _test(self, spec: TestSpec, function: trusted.TestFunction) -> bool:
        """Run one test; False when the file itself cannot be loaded and no test can run."""
        started = time.perf_counter()
        outcome = trusted.Outcome(Verdict.HARNESS_ERROR, "the sandbox failed")
        sandbox_works = False
        for _ in (1, 2):
            try:
                trouble = self._ready()
                if trouble:
                    self.verdict, self.message = trouble.verdict, trouble.message
                    self.line, self.column = trouble.line, trouble.column
                    self._all(trouble)
                    return False
                assert self._cell and self._solution
                outcome = trusted.run_one(function, self._solution, trusted.generator(self._seed, spec.name))
                sandbox_works = True
                break
            except HarnessFailure as failure:
                outcome = trusted.Outcome(Verdict.HARNESS_ERROR, str(failure))
                self._drop()
        stdout = self._cell.take_output() if self._cell else ""
        if self._cell and self._cell.stopped:
            self._drop()
        self._give(trusted.result(spec, outcome, stdout=stdout, started=started))
        if not sandbox_works:
            self._all(outcome)
        return sandbox_works

    def _ready(self) -> trusted.Outcome | None:
        """Have a process with the file loaded; else what loading it came to."""
        if self._cell:
            return None
        if time.monotonic() >= self._deadline:
            return trusted.Outcome(Verdict.TIMED_OUT, "the time for the whole run is used up")
        self._cell = self._executor._cell(self._scenario, self._source, self._deadline)
        solutions: list[Solution] = []
        cell = self._cell

        def load(_: object, __: object) -> None:
            solutions.append(cell.load(self._source, self._scenario.entry, self._seed))

        outcome = trusted.run_one(load, Solution(cell, frozenset()), None)
        self.stdout += cell.take_output()
        if outcome.verdict is Verdict.PASSED:
            self._solution = solutions[0]
            return None
        return outcome

    def _all(self, outcome: trusted.Outcome) -> None:
        for spec in self._tests[len(self.results) :]:
            self._give(trusted.result(spec, outcome))

    def _give(self, result: TestResult) -> None:
        self.results.append(result)
        if self._on_result:
            self._on_result(result)

    def _drop(self) -> None:
        cell, self._cell, self._solution = self._cell, None, None
        if cell:
            with suppress(HarnessFailure, Stopped):
                cell.close()
