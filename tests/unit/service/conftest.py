"""A small scenario, and fakes of the ports that need no process and no model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from interviewer.domain import events as ev
from interviewer.domain.phases import Kind
from interviewer.domain.rubric import FOUR_LEVELS, DecisionRule, Level, LevelText, Rubric, Seniority, Signal
from interviewer.domain.scenario import (
    Decision,
    Fact,
    FollowUp,
    Mutant,
    Pattern,
    Point,
    QuestionType,
    Scenario,
    TestSpec,
)
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.session import sha
from interviewer.domain.test_run import (
    OwnTestGrade,
    ProgramRun,
    Recognition,
    TestResult,
    TestRun,
    Tier,
    Verdict,
    worst,
)
from interviewer.ports import Desk, InterviewView, Move, MoveOutcome, OnOutput, OnResult, Understanding
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import InterviewService, Ports
from interviewer.storage import MemoryStore

SCENARIO = Scenario(
    id="double",
    title="Double it",
    kind=Kind.CODING,
    question_type=QuestionType.COMPONENT,
    patterns=(Pattern.COMPONENTS,),
    level=Seniority.JUNIOR,
    minutes=20,
    rubric="tiny",
    signatures=("double(x) -> number",),
    entry=("double",),
    brief="Write double.",
    guide="It tests nothing much.",
    starter="def double(x):\n    ...\n",
    facts=tuple(
        Fact(id=name, topic=f"topic {name}", answer=f"answer {name}", essential=name < "c")
        for name in ("a", "b", "c", "d", "e")
    ),
    hints=("rung one", "rung two", "rung three"),
    decisions=(
        Decision(
            id="plus",
            title="Adding",
            question="Why add?",
            mentions=("add",),
            reasons=(Point(text="x + x is 2x", aliases=(r"\bbecause\b && \btwice\b",)),),
        ),
    ),
    follow_ups=(FollowUp(id="zero", question="And zero?", points=()),),
    interjections=(),
    tests=(
        TestSpec(name="two", tier=Tier.CORE, hidden=False),
        TestSpec(name="secret_zero", tier=Tier.EDGE, hidden=True),
    ),
    mutants=(
        Mutant(id="square", misconception="squares", question="What is double(3)?", killed_by=("two",)),
    ),
    digest="d1",
)
RUBRIC = Rubric(
    id="tiny",
    version=3,
    kind="coding",
    title="Tiny",
    formula="median",
    signals=(
        Signal(
            id="technical_skills",
            title="Technical skills",
            definition="",
            levels=tuple(LevelText(level=level, text="") for level in FOUR_LEVELS),
        ),
    ),
    decisions=(DecisionRule(level=Level.STRONG, decision="hire", meaning="", levelling=""),),
)


@dataclass
class FakeExecutor:
    """Runs nothing: code that says `wrong` fails the visible test, everything fails the hidden one."""

    calls: list[str] = field(default_factory=list)

    def warm(self, libraries: Sequence[str] = ("numpy",)) -> None:
        self.calls.append("warm")

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
        self.calls.append("tests")
        results = []
        for test in tests:
            bad = test.hidden or "wrong" in source
            result = TestResult(
                name=test.name,
                tier=test.tier,
                hidden=test.hidden,
                verdict=Verdict.FAILED if bad else Verdict.PASSED,
                message=f"{test.name} says no" if bad else "",
                expected="secret 42" if test.hidden else "4",
            )
            results.append(result)
            if on_result is not None:
                on_result(result)
        seen = Recognition(
            mutant="square", misconception="squares", question="What is double(3)?", confidence=1.0
        )
        return TestRun(
            scenario=scenario.id,
            seed=seed,
            source_sha=sha(source),
            verdict=worst([r.verdict for r in results]),
            results=tuple(results),
            recognition=seen if recognise and "wrong" in source else None,
        )

    def run_program(
        self, scenario: Scenario, source: str, *, on_output: OnOutput | None = None
    ) -> ProgramRun:
        self.calls.append("program")
        if on_output is not None:
            on_output("hello\n")
        return ProgramRun(source_sha=sha(source), verdict=Verdict.PASSED, stdout="hello\n")

    def grade_own_tests(self, scenario: Scenario, source: str) -> OwnTestGrade:
        self.calls.append("grade")
        return OwnTestGrade(source_sha=sha(source), mutants=1, killed=0, checks=())

    def sandbox(self) -> dict[str, str]:
        return {}

    def close(self) -> None:
        self.calls.append("close")


@dataclass
class ScriptedInterviewer:
    """Asks for the moves it is given, then says the pieces it is given; keeps every view it saw."""

    pieces: list[str] = field(default_factory=lambda: ["Fine", ", go on."])
    moves: list[Move] = field(default_factory=list)
    views: list[InterviewView] = field(default_factory=list)
    outcomes: list[MoveOutcome] = field(default_factory=list)
    fails: Exception | None = None
    name: str = "scripted"

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        self.views.append(view)
        for move in self.moves:
            self.outcomes.append(desk.request(move))
        for piece in self.pieces:
            yield piece
        if self.fails is not None:
            raise self.fails


class EchoListener:
    """Takes every turn for a question, or for an attempt at extraction when it says `secret`."""

    def understand(self, text: str, view: InterviewView) -> Understanding:
        act = ev.Act.EXTRACTION if "secret" in text else ev.Act.QUESTION
        return Understanding(act=act, segments=(ev.Segment(text=text, act=act),))


class CountingRater:
    """Gives everyone strong, and says how many events it saw."""

    name = "rules"

    def rate(self, log: Sequence[ev.SessionEvent], scenario: Scenario, rubric: Rubric) -> Scorecard:
        return Scorecard(
            session="s",
            scenario=scenario.id,
            title=scenario.title,
            kind="coding",
            rubric=rubric.id,
            rubric_version=rubric.version,
            rater=self.name,
            scorer_version=1,
            signals=(),
            overall=Level.STRONG,
            overall_reasons=(),
            formula=f"{len(log)} events",
            decision="hire",
            meaning="",
            levelling="",
        )


class TinyLibrary:
    """One scenario, one rubric."""

    def ids(self) -> list[str]:
        return ["double"]

    def get(self, scenario_id: str) -> Scenario:
        assert scenario_id in ("double", "warm_up")
        return SCENARIO if scenario_id == "double" else replace(SCENARIO, id="warm_up", minutes=10)

    def rubric(self, rubric_id: str) -> Rubric:
        return RUBRIC


@dataclass
class Table:
    """Everything a service test holds in its hands."""

    service: InterviewService
    clock: SimulatedClock
    interviewer: ScriptedInterviewer
    executor: FakeExecutor
    store: MemoryStore


@pytest.fixture
def table() -> Table:
    clock, store, executor, interviewer = (
        SimulatedClock(),
        MemoryStore(),
        FakeExecutor(),
        ScriptedInterviewer(),
    )
    ids = iter(f"session{n}" for n in range(100))
    ports = Ports(
        store=store,
        executor=executor,
        library=TinyLibrary(),
        interviewer=lambda name, scenario, seed: interviewer,
        listener=lambda scenario: EchoListener(),
        rater=CountingRater(),
        clock=clock,
        now_iso=lambda: "2026-01-01T00:00:00+00:00",
        new_id=lambda: next(ids),
        versions={"program": "0"},
    )
    return Table(InterviewService(ports), clock, interviewer, executor, store)
