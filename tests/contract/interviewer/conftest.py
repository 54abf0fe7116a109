"""A stage for one interviewer: a view that follows the conversation, and a desk that grants by simple rules.

Every implementation of the port `Interviewer` is added to `INTERVIEWERS` and passes the whole suite.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from interviewer.content.scenarios import load_scenario
from interviewer.dialogue.failover import FailoverInterviewer
from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.offline import OfflineInterviewer, ScenarioListener
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import Scenario
from interviewer.domain.transcript import Line, Speaker
from interviewer.ports import (
    AskTheFollowUp,
    Desk,
    DiscloseFact,
    Hint,
    InterjectLine,
    Interviewer,
    InterviewView,
    Move,
    MoveOutcome,
    NoteTheAssumption,
    Occasion,
    ProbeTheDecision,
    RequestEnd,
    RequestPhase,
    TimeView,
    Topic,
)

ROOT = Path(__file__).resolve().parents[3]
PHASES = (Phase.CLARIFY, Phase.OUTLINE, Phase.IMPLEMENT, Phase.TEST)


class Down:
    """A model that never answers."""

    name = "down"

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        raise ModelFault(FaultKind.SERVER)
        yield ""


INTERVIEWERS: dict[str, Callable[[Scenario, int], Interviewer]] = {
    "offline": lambda scenario, seed: OfflineInterviewer(scenario, seed),
    "model_down": lambda scenario, seed: FailoverInterviewer(
        Down(), OfflineInterviewer(scenario, seed), failures=3
    ),
}


@dataclass
class Stage:
    """Holds one interview: builds views, grants moves by the engine's rules, and records everything."""

    scenario: Scenario
    interviewer: Interviewer
    listener: ScenarioListener
    view: InterviewView
    minutes: float = 45.0
    moves: list[tuple[Move, MoveOutcome]] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    ended: bool = False

    # --- the desk

    def request(self, move: Move) -> MoveOutcome:
        outcome = self._decide(move)
        self.moves.append((move, outcome))
        return outcome

    def record_leak(self, why: str, characters: int) -> None:
        self.leaks.append(why)

    def record_model_call(
        self,
        *,
        model: str,
        role: str,
        input_tokens: int,
        output_tokens: int,
        cached_tokens: int = 0,
        cost_usd: float | None = None,
        estimated: bool = False,
        ms: float = 0.0,
        error: str = "",
    ) -> None:
        return

    def change_interviewer(self, name: str, why: str) -> None:
        self.leaks.append(f"{name} took over: {why}")

    def _decide(self, move: Move) -> MoveOutcome:
        view, scenario = self.view, self.scenario
        match move:
            case DiscloseFact():
                fact = scenario.fact(move.fact)
                if fact is None or not view.turn:
                    return MoveOutcome(False, "not now")
                topics = tuple(
                    replace(t, answer=fact.answer) if t.fact == fact.id else t for t in view.topics
                )
                self.view = replace(view, topics=topics)
                return MoveOutcome(True, fact.answer)
            case NoteTheAssumption():
                return MoveOutcome(True, move.text)
            case Hint():
                if view.hint_refusal or len(view.hints) >= len(scenario.hints):
                    return MoveOutcome(False, view.hint_refusal or "no further rung")
                rung = scenario.hints[len(view.hints)]
                self.view = replace(
                    view, hints=(*view.hints, rung), hint_refusal="try something first: change the code"
                )
                return MoveOutcome(True, rung)
            case AskTheFollowUp():
                found = dict(view.follow_ups).get(move.follow_up)
                if found is None or view.next_phase is not None:
                    return MoveOutcome(False, "not now")
                self.view = replace(
                    view,
                    follow_ups=tuple(f for f in view.follow_ups if f[0] != move.follow_up),
                    follow_ups_asked=(*view.follow_ups_asked, move.follow_up),
                )
                return MoveOutcome(True, found)
            case ProbeTheDecision():
                found = dict(view.decisions).get(move.decision)
                if found is None:
                    return MoveOutcome(False, "asked once already")
                self.view = replace(
                    view,
                    decisions=tuple(d for d in view.decisions if d[0] != move.decision),
                    decisions_probed=(*view.decisions_probed, move.decision),
                )
                return MoveOutcome(True, found)
            case InterjectLine():
                if move.trigger in view.interjections:
                    return MoveOutcome(False, "said once already")
                self.view = replace(view, interjections=(*view.interjections, move.trigger))
                return MoveOutcome(True, move.line)
            case RequestPhase():
                if move.phase is not view.next_phase:
                    return MoveOutcome(False, "only the next phase can be requested")
                self.enter(move.phase)
                return MoveOutcome(True, move.phase.words)
            case RequestEnd():
                self.ended = True
                return MoveOutcome(True)

    # --- the conversation

    def enter(self, phase: Phase) -> None:
        at = PHASES.index(phase) + 1
        following = PHASES[at] if at < len(PHASES) else None
        self.view = replace(self.view, phase=phase, next_phase=following)

    def wait(self, seconds: float) -> None:
        time = self.view.time
        left = None if time.remaining is None else max(0.0, time.remaining - seconds)
        self.view = replace(
            self.view,
            time=replace(
                time,
                elapsed=time.elapsed + seconds,
                remaining=left,
                phase_elapsed=time.phase_elapsed + seconds,
                since_candidate_spoke=time.since_candidate_spoke + seconds,
                since_code_changed=time.since_code_changed + seconds,
                since_interviewer_spoke=time.since_interviewer_spoke + seconds,
                green_for=None if time.green_for is None else time.green_for + seconds,
                red_for=None if time.red_for is None else time.red_for + seconds,
            ),
        )

    def code(self, source: str) -> None:
        self.view = replace(
            self.view,
            code=source,
            code_changes=self.view.code_changes + 1,
            hint_refusal="",
            time=replace(self.view.time, since_code_changed=0.0),
        )

    def on(self, occasion: Occasion, **changes: object) -> str:
        """One occasion; what is said joins the lines."""
        self.view = replace(self.view, occasion=occasion, **changes)  # type: ignore[arg-type]
        return asyncio.run(self._respond())

    async def _respond(self) -> str:
        text = "".join([piece async for piece in self.interviewer.respond(self.view, self)]).strip()
        if text:
            self._line(Speaker.INTERVIEWER, text)
            self.view = replace(self.view, time=replace(self.view.time, since_interviewer_spoke=0.0))
        self.view = replace(self.view, turn=0, act=None, segments=())
        return text

    def turn(self, text: str, *, after: float = 15.0) -> str:
        """The candidate says something; the interviewer's reply."""
        self.wait(after)
        self._line(Speaker.CANDIDATE, text)
        seq = self.view.lines[-1].seq
        self.view = replace(
            self.view,
            occasion=Occasion.TURN,
            turn=seq,
            time=replace(self.view.time, since_candidate_spoke=0.0),
        )
        heard = self.listener.understand(text, self.view)
        return self.on(Occasion.TURN, act=heard.act, segments=heard.segments)

    def _line(self, speaker: Speaker, text: str) -> None:
        line = Line(len(self.view.lines) + 1, self.view.time.elapsed, speaker, text)
        self.view = replace(self.view, lines=(*self.view.lines, line))

    @property
    def said(self) -> list[str]:
        return [line.text for line in self.view.lines if line.speaker is Speaker.INTERVIEWER]

    @property
    def granted(self) -> list[Move]:
        return [move for move, outcome in self.moves if outcome.granted]


def first_view(scenario: Scenario, minutes: float | None = 45.0) -> InterviewView:
    """The view at the start of an interview."""
    return InterviewView(
        occasion=Occasion.OPENING,
        brief=scenario.brief,
        title=scenario.title,
        seniority=Seniority.MID,
        company="free",
        code_runs=True,
        libraries=scenario.libraries,
        phase=Phase.CLARIFY,
        next_phase=Phase.OUTLINE,
        time=TimeView(
            elapsed=0.0,
            remaining=None if minutes is None else minutes * 60,
            phase_elapsed=0.0,
            phase_budget=None if minutes is None else minutes * 4.0,
            since_candidate_spoke=0.0,
            since_code_changed=0.0,
            since_interviewer_spoke=0.0,
        ),
        lines=(),
        topics=tuple(Topic(fact=f.id, topic=f.topic, essential=f.essential) for f in scenario.facts),
        code=scenario.starter,
        starter=scenario.starter,
        code_changes=0,
        rungs=len(scenario.hints),
        next_hint_cost="noted in the report, no cap",
        follow_ups=tuple((f.id, f.question) for f in scenario.follow_ups),
        decisions=tuple((d.id, d.question) for d in scenario.decisions),
    )


@pytest.fixture(scope="session")
def kmeans() -> Scenario:
    return load_scenario(ROOT / "scenarios" / "kmeans_lloyd")


@pytest.fixture(scope="session")
def reference(kmeans: Scenario) -> str:
    return (Path(kmeans.path or ROOT / "scenarios" / "kmeans_lloyd") / "reference.py").read_text("utf-8")


@pytest.fixture(params=sorted(INTERVIEWERS))
def set_stage(request: pytest.FixtureRequest, kmeans: Scenario) -> Callable[..., Stage]:
    """Build a stage for the interviewer under test."""

    def make(seed: int = 0, minutes: float | None = 45.0) -> Stage:
        interviewer = INTERVIEWERS[request.param](kmeans, seed)
        return Stage(kmeans, interviewer, ScenarioListener(kmeans, guarded=()), first_view(kmeans, minutes))

    return make
