"""What only running shows: starter, reference, solutions and mutants against the tests."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from interviewer.content.check.spread import RunsTests
from interviewer.domain.scenario import Limits, Mutant, Scenario
from interviewer.domain.test_run import TestResult, TestRun, Tier, Verdict
from interviewer.errors import Problem

# Every check uses the same ones, so that killed_by means the same everywhere.
SEEDS = (0, 1, 2)
MUTANT_SEEDS = SEEDS[:2]
# A mutant may be this many times slower than the reference, and has at least the seconds below.
SLOWER = 20.0
LEAST_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Kills:
    """The tests that fail for a mutant under some seed, and those that fail under every seed."""

    ever: tuple[str, ...]
    always: tuple[str, ...]


class Runner:
    """Runs one scenario's files through an executor; to be closed.

    With more than one thread `begin` starts all runs there will be, in the background, and the rest waits
    for those it needs.
    """

    def __init__(
        self,
        executor: RunsTests,
        scenario: Scenario,
        folder: Path,
        seeds: Sequence[int] = SEEDS,
        mutant_seeds: Sequence[int] = MUTANT_SEEDS,
        threads: int = 1,
    ) -> None:
        self.executor = executor
        self.scenario = scenario
        self.folder = folder
        self.seeds = seeds
        self.mutant_seeds = mutant_seeds
        self._begun: dict[tuple[Limits, str, int], Future[TestRun]] = {}
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="check-run") if threads > 1 else None
        self._planner = ThreadPoolExecutor(1, thread_name_prefix="check-plan")
        self._planned: Future[None] | None = None

    def begin(self) -> None:
        """Start every run; without threads of its own there is nothing to start."""
        if self._pool:
            self._planned = self._planner.submit(self._plan)

    def _plan(self) -> None:
        reference = self._read("reference.py")
        correct = [self._text(path) for path in self.solutions() if not self._lacks(path)]
        for seed in self.seeds:
            self._ahead(self._halved(), reference, seed)
            for source in correct:
                self._ahead(self.scenario, source, seed)
        self._ahead(self.scenario, self.scenario.starter, self.seeds[0])
        brisk = self._brisk()
        for mutant in self._runnable():
            for seed in self.mutant_seeds:
                self._ahead(brisk, self._text(self._mutant_file(mutant)), seed)

    def close(self) -> None:
        """Give up the runs that have not been made."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._planner.shutdown()
        if self._pool:
            self._pool.shutdown()

    def _all_begun(self) -> None:
        if self._planned:
            self._planned.result()

    @property
    def label(self) -> str:
        """The folder as problems name it."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    def starter(self) -> Iterator[Problem]:
        """The starter must load and fail."""
        file = f"{self.label}/starter.py"
        run = self._run(self.scenario, self.scenario.starter, self.seeds[0])
        yield from _ours(run, file)
        if not run.results or (run.message and run.passed == 0 and _one_cause(run)):
            yield Problem(file, f"cannot be loaded: {run.message}", remedy="let it import")
        core = [r for r in run.results if r.tier is Tier.CORE]
        if core and all(r.verdict is Verdict.PASSED for r in core):
            yield Problem(file, "passes every core test already", remedy="take the solution out")

    def correct(self, path: Path, scenario: Scenario | None = None) -> Iterator[Problem]:
        """A correct file must pass every test under every seed."""
        file = f"{self.label}/{path.relative_to(self.folder).as_posix()}"
        source = self._text(path)
        told: set[str] = set()
        for seed in self.seeds:
            run = self._run(scenario or self.scenario, source, seed)
            yield from _ours(run, file)
            for result in run.results:
                if result.verdict in (Verdict.PASSED, Verdict.HARNESS_ERROR) or result.name in told:
                    continue
                told.add(result.name)
                where = f" at line {result.line}" if result.line else ""
                yield Problem(
                    file,
                    f"{result.verdict.value} test_{result.name}, seed {seed}{where}: {_said(result, run)}",
                )

    def reference(self) -> Iterator[Problem]:
        """The reference must pass within half of the limits."""
        yield from self.correct(self.folder / "reference.py", self._halved())

    def _halved(self) -> Scenario:
        limits = self.scenario.limits
        half = replace(limits, call_seconds=limits.call_seconds / 2, total_seconds=limits.total_seconds / 2)
        return replace(self.scenario, limits=half)

    def all_correct(self) -> Iterator[Problem]:
        """Starter, reference and every solution, each as it should be."""
        self._all_begun()
        yield from self.starter()
        yield from self.reference()
        for path in self.solutions():
            if not self._lacks(path):
                yield from self.correct(path)

    def solutions(self) -> list[Path]:
        """The files of correct solutions."""
        return sorted((self.folder / "solutions").glob("*.py"))

    def not_run(self) -> tuple[str, ...]:
        """Solutions and mutants this machine cannot run: an allowed library is not installed on it."""
        files = [*self.solutions(), *(self._mutant_file(m) for m in self.scenario.mutants)]
        found = ((p, self._lacks(p)) for p in files)
        return tuple(f"{p.parent.name}/{p.name}: needs {', '.join(names)}" for p, names in found if names)

    def _lacks(self, path: Path) -> tuple[str, ...]:
        return missing_libraries(path, self.scenario.libraries)

    def _mutant_file(self, mutant: Mutant) -> Path:
        return self.folder / "mutants" / f"{mutant.id}.py"

    def mutants(self, on_mutant: Callable[[str, Kills], None]) -> Iterator[Problem]:
        """Each mutant must die of its `killed_by` alone; calls `on_mutant` with what killed it."""
        self._all_begun()
        brisk = self._brisk()
        file = f"{self.label}/scenario.toml"
        dead: set[str] = set()
        runnable = self._runnable()
        for mutant in self.scenario.mutants:
            if mutant not in runnable:
                dead |= set(mutant.killed_by)  # taken at its word where it cannot run
        for mutant in runnable:
            kills, problems = self._kills(brisk, mutant)
            index = self.scenario.mutants.index(mutant)
            yield from problems
            on_mutant(mutant.id, kills)
            dead |= set(kills.ever)
            own_file = f"{self.label}/mutants/{mutant.id}.py"
            yield from _kill_problems(self.scenario, kills, mutant.killed_by, file, own_file, index)
        for index, test in enumerate(self.scenario.tests):
            if self.scenario.mutants and test.name not in dead:
                remedy = "add a mutant that only it catches, or drop the test"
                yield Problem(file, f"{test.name!r} kills no mutant", key=f"tests[{index}]", remedy=remedy)

    def _kills(self, scenario: Scenario, mutant: Mutant) -> tuple[Kills, list[Problem]]:
        path = self._mutant_file(mutant)
        source = self._text(path)
        problems: list[Problem] = []
        failed: list[set[str]] = []
        for seed in self.mutant_seeds:
            run = self._run(scenario, source, seed)
            problems += _ours(run, f"{self.label}/mutants/{path.name}")
            failed.append({r.name for r in run.results if r.verdict is not Verdict.PASSED})
        ever, always = set().union(*failed), failed[0].intersection(*failed)
        names = [t.name for t in scenario.tests]
        return Kills(tuple(n for n in names if n in ever), tuple(n for n in names if n in always)), problems

    def _runnable(self) -> list[Mutant]:
        return [m for m in self.scenario.mutants if not self._lacks(self._mutant_file(m))]

    def _brisk(self) -> Scenario:
        """The scenario with less time for a call: a mutant that hangs is to be over soon."""
        halved, reference = self._halved(), self._read("reference.py")
        fastest: dict[str, float] = {}
        for seed in self.seeds:  # the first run of all may have waited for a process to start
            for result in self._run(halved, reference, seed).results:
                fastest[result.name] = min(result.ms, fastest.get(result.name, result.ms))
        slowest = max(fastest.values(), default=0.0) / 1000
        limits, seconds = self.scenario.limits, LEAST_SECONDS
        # In steps, so that one check's limit is mostly the next one's too.
        while seconds < SLOWER * slowest:
            seconds *= 2
        return replace(self.scenario, limits=replace(limits, call_seconds=min(limits.call_seconds, seconds)))

    def _read(self, name: str) -> str:
        return self._text(self.folder / name)

    def _text(self, path: Path) -> str:
        return path.read_text(encoding="utf-8")

    def _ahead(self, scenario: Scenario, source: str, seed: int) -> None:
        key = (scenario.limits, source, seed)
        if self._pool and key not in self._begun:
            self._begun[key] = self._pool.submit(self._make, scenario, source, seed)

    def _run(self, scenario: Scenario, source: str, seed: int) -> TestRun:
        begun = self._begun.get((scenario.limits, source, seed))
        return begun.result() if begun else self._make(scenario, source, seed)

    def _make(self, scenario: Scenario, source: str, seed: int) -> TestRun:
        return self.executor.run_tests(scenario, source, tests=scenario.tests, seed=seed)


def _kill_problems(
    scenario: Scenario, kills: Kills, claimed: tuple[str, ...], file: str, mutant_file: str, index: int
) -> Iterator[Problem]:
    key = f"mutants[{index}].killed_by"
    if not kills.ever:
        yield Problem(mutant_file, "survives every test", remedy="add a test that fails for it")
        return
    fix = f"interviewer check --write-kills {scenario.id}"
    more = [name for name in kills.ever if name not in claimed]
    less = [name for name in claimed if name not in kills.ever]
    if more:
        yield Problem(file, f"lacks {', '.join(more)}, which kill it", key=key, remedy=fix)
    if less:
        yield Problem(file, f"claims {', '.join(less)}, which pass", key=key, remedy=fix)
    tiers = {t.name: t.tier for t in scenario.tests}
    if not any(tiers[name] in (Tier.CORE, Tier.EDGE) for name in kills.always):
        if any(tiers[name] in (Tier.CORE, Tier.EDGE) for name in kills.ever):
            yield Problem(
                mutant_file, "escapes under some seeds", remedy="let one core or edge test always fail"
            )
        elif not kills.always:
            yield Problem(mutant_file, "escapes under some seeds", remedy="let one test always fail")
    if len(kills.always) == len(scenario.tests):
        yield Problem(mutant_file, "fails every test", remedy="make it wrong in one way only")


def _ours(run: TestRun, file: str) -> Iterator[Problem]:
    for result in run.results:
        if result.verdict is Verdict.HARNESS_ERROR:
            yield Problem(file, f"could not be run: test_{result.name}: {result.message or run.message}")
    if run.verdict is Verdict.HARNESS_ERROR and not run.results:
        yield Problem(file, f"could not be run: {run.message}")


def _one_cause(run: TestRun) -> bool:
    return len({r.message for r in run.results}) == 1


def _said(result: TestResult, run: TestRun) -> str:
    parts = [result.message or run.message or "no message"]
    if result.got or result.expected:
        parts.append(f"got {result.got}, expected {result.expected}")
    if result.where:
        parts.append(f"first at {result.where}")
    return "; ".join(parts)


def missing_libraries(path: Path, allowed: Sequence[str]) -> tuple[str, ...]:
    """Libraries a file imports that its scenario allows and this machine has not."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return tuple(sorted(name for name in names & set(allowed) if find_spec(name) is None))
