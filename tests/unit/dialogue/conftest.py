"""The built-in interviewer at a real table: real service, engine and clock rules, a scripted executor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from interviewer.content.scenarios import load_scenario
from interviewer.dialogue.offline import OfflineInterviewer, ScenarioListener
from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Rubric, Seniority
from interviewer.domain.scenario import Scenario, TestSpec
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.session import sha
from interviewer.domain.test_run import (
    OwnCheck,
    OwnTestGrade,
    ProgramRun,
    Recognition,
    TestResult,
    TestRun,
    Verdict,
    worst,
)
from interviewer.ports import Occasion, OnOutput, OnResult
from interviewer.service.clocks import SimulatedClock
from interviewer.service.interview import Interview
from interviewer.service.service import InterviewService, Ports
from interviewer.storage import MemoryStore

ROOT = Path(__file__).resolve().parents[3]

GOOD_CODE = """import numpy as np


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    X = np.asarray(X, dtype=float)
    n = X.shape[0]
    if not 1 <= k <= n:
        raise ValueError("k")
    rng = np.random.default_rng(seed)
    C = X[rng.choice(n, k, replace=False)]
    return X, C, 0.0
"""


@dataclass
class StagedExecutor:
    """Gives the verdicts the test sets; runs nothing."""

    verdict: Verdict = Verdict.PASSED
    failing: int = 0
    recognised: Recognition | None = None
    program: Verdict = Verdict.PASSED
    checks: tuple[OwnCheck, ...] = ()

    def warm(self, libraries: Sequence[str] = ("numpy",)) -> None:
        return

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
        bad = self.verdict if self.verdict is not Verdict.PASSED else Verdict.FAILED
        results = tuple(
            TestResult(
                name=t.name, tier=t.tier, hidden=t.hidden, verdict=bad if i < self.failing else Verdict.PASSED
            )
            for i, t in enumerate(tests)
        )
        return TestRun(
            scenario=scenario.id,
            seed=seed,
            source_sha=sha(source),
            verdict=worst([r.verdict for r in results]),
            results=results,
            recognition=self.recognised if recognise else None,
        )

    def run_program(
        self, scenario: Scenario, source: str, *, on_output: OnOutput | None = None
    ) -> ProgramRun:
        return ProgramRun(source_sha=sha(source), verdict=self.program, checks=self.checks)

    def grade_own_tests(self, scenario: Scenario, source: str) -> OwnTestGrade:
        return OwnTestGrade(source_sha=sha(source), mutants=0, killed=0, checks=())

    def sandbox(self) -> dict[str, str]:
        return {}

    def close(self) -> None:
        return


class NoRater:
    """These tests rate nothing."""

    name = "none"

    def rate(self, log: Sequence[ev.SessionEvent], scenario: Scenario, rubric: Rubric) -> Scorecard:
        raise AssertionError("nothing is rated here")


@dataclass(frozen=True)
class Shelf:
    """Scenarios from the repository, or one made by the test; the rubric is never looked into."""

    made: Scenario | None = None

    def ids(self) -> list[str]:
        return ["kmeans_lloyd"]

    def get(self, scenario_id: str) -> Scenario:
        return self.made or load_scenario(ROOT / "scenarios" / scenario_id)

    def rubric(self, rubric_id: str) -> Rubric:
        return Rubric(id=rubric_id, version=1, kind="coding", title="", formula="", signals=(), decisions=())


@dataclass
class Seat:
    """A candidate's seat: says, waits and writes, and hears what comes back."""

    interview: Interview
    clock: SimulatedClock
    executor: StagedExecutor
    heard: list[str] = field(default_factory=list)

    async def _listen(self, pieces: AsyncIterator[str]) -> str:
        text = "".join([piece async for piece in pieces]).strip()
        if text:
            self.heard.append(text)
        return text

    async def open(self) -> str:
        return await self._listen(self.interview.open())

    async def say(self, text: str, *, after: float = 20.0) -> str:
        self.clock.advance(after)
        return await self._listen(self.interview.take_turn(text))

    async def hint(self) -> str:
        return await self._listen(self.interview.hint())

    async def go_to(self, phase: Phase | None = None) -> str:
        return await self._listen(self.interview.go_to(phase))

    async def run(self) -> str:
        await self.interview.run_tests()
        return await self._listen(self.interview.react(Occasion.TESTS))

    async def run_program(self) -> str:
        await self.interview.run_program()
        return await self._listen(self.interview.react(Occasion.PROGRAM))

    async def wait(self, seconds: float, *, editing: bool = False, typing: bool = False) -> list[str]:
        """Let seconds pass with the watch called each second; `editing` changes the code on the way."""
        said = []
        for second in range(int(seconds)):
            self.clock.advance(1.0)
            if editing and second % 20 == 0:
                self.interview.edit(f"{self.interview.state.code}\n# {self.clock.now():.0f}")
            text = await self._listen(self.interview.watch(typing=typing))
            if text:
                said.append(text)
        return said

    def code(self, source: str) -> None:
        self.interview.edit(source)

    @property
    def log(self) -> tuple[ev.SessionEvent, ...]:
        return self.interview.log

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [(e.fact, e.via.value) for e in self.log if isinstance(e, ev.FactDisclosed)]

    @property
    def triggers(self) -> list[str]:
        return [e.trigger for e in self.log if isinstance(e, ev.Interjected)]

    @property
    def phases(self) -> list[Phase]:
        return [e.phase for e in self.log if isinstance(e, ev.PhaseEntered)]


@pytest.fixture(scope="session")
def kmeans() -> Scenario:
    return load_scenario(ROOT / "scenarios" / "kmeans_lloyd")


@pytest.fixture
def good_code() -> str:
    return GOOD_CODE


@pytest.fixture
def take_seat(kmeans: Scenario) -> Callable[..., Seat]:
    def make(
        *,
        seed: int = 0,
        company: str = "free",
        seniority: Seniority = Seniority.MID,
        minutes: float = 45,
        scenario: str = "kmeans_lloyd",
        made: Scenario | None = None,
    ) -> Seat:
        clock, executor = SimulatedClock(), StagedExecutor()
        ids = iter(f"s{n}" for n in range(9))
        ports = Ports(
            store=MemoryStore(),
            executor=executor,
            library=Shelf(made),
            interviewer=lambda name, chosen, number: OfflineInterviewer(chosen, number),
            listener=lambda chosen: ScenarioListener(chosen, guarded=()),
            rater=NoRater(),
            clock=clock,
            now_iso=lambda: "2026-01-01T00:00:00+00:00",
            new_id=lambda: next(ids),
            versions={},
        )
        interview = InterviewService(ports).start(
            scenario, company=company, seniority=seniority, minutes=minutes, seed=seed
        )
        return Seat(interview, clock, executor)

    return make
