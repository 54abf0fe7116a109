"""What a log adds up to: `evolve(state, event) -> state`. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import assert_never

from interviewer.domain import events as ev
from interviewer.domain.phases import Phase, PhasePlan
from interviewer.domain.test_run import RunPurpose
from interviewer.errors import CommandRefused


def sha(source: str) -> str:
    """Short fingerprint of a source text."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """What the log adds up to. Times are session seconds; *active* times leave pauses out."""

    started: ev.SessionStarted | None = None
    seq: int = 0
    at: float = 0.0
    phase: Phase | None = None
    phase_active_from: float = 0.0
    phase_spent: dict[Phase, float] = field(default_factory=dict)
    paused_at: float | None = None
    paused_total: float = 0.0
    ended: ev.InterviewEnded | None = None
    code: str = ""
    code_sha: str = ""
    code_changed_at: float = 0.0
    code_changes: int = 0
    turns: int = 0
    last_turn: int = 0
    spoke_at: float = 0.0
    interviewer_spoke_at: float = 0.0
    facts: tuple[str, ...] = ()
    hints: int = 0
    hint_sha: str = ""
    hint_attempts: int = 0
    attempts: int = 0
    approach_stated: bool = False
    follow_ups: tuple[str, ...] = ()
    interjections: tuple[str, ...] = ()
    probed: tuple[str, ...] = ()
    notices: tuple[tuple[ev.NoticeKind, Phase | None], ...] = ()
    last_tests: ev.TestsRan | None = None
    last_probe: ev.TestsRan | None = None
    last_program: ev.ProgramRan | None = None
    green_at: float | None = None
    interviewer: str = ""
    self_rating: ev.SelfRated | None = None
    scored: tuple[int, ...] = ()

    @property
    def first(self) -> ev.SessionStarted:
        """The event the session started with."""
        if self.started is None:
            raise CommandRefused("the session has not started")
        return self.started

    @property
    def plan(self) -> PhasePlan:
        """The session's phase plan."""
        return self.first.plan

    def active(self, at: float) -> float:
        """Interview seconds at session time `at`: pauses left out, stopped at the end."""
        if self.ended is not None:
            at = self.ended.at
        at = max(at, self.at) if self.ended is None else at
        standing = at - self.paused_at if self.paused_at is not None else 0.0
        return at - self.paused_total - standing

    def phase_seconds(self, phase: Phase, at: float) -> float:
        """Interview seconds spent in `phase` so far."""
        spent = self.phase_spent.get(phase, 0.0)
        return spent + self.active(at) - self.phase_active_from if phase is self.phase else spent

    def remaining(self, at: float) -> float | None:
        """Seconds left in all; None when untimed; never negative."""
        total = self.plan.total_seconds
        return None if total is None else max(0.0, total - self.active(at))


def evolve(state: SessionState, event: ev.SessionEvent) -> SessionState:
    """The state after one more event."""
    state = replace(state, seq=event.seq, at=event.at)
    match event:
        case ev.SessionStarted():
            return replace(
                state, started=event, code=event.starter, code_sha=sha(event.starter),
                interviewer=event.interviewer, spoke_at=event.at, code_changed_at=event.at,
                interviewer_spoke_at=event.at,
            )  # fmt: skip
        case ev.SessionReopened():
            return replace(state, spoke_at=event.at, code_changed_at=event.at, interviewer_spoke_at=event.at)
        case ev.CandidateSaid():
            return replace(state, turns=state.turns + 1, last_turn=event.seq, spoke_at=event.at)
        case ev.TurnClassified():
            stated = event.act in (ev.Act.OUTLINE, ev.Act.RESTATEMENT, ev.Act.NARRATION) or any(
                s.act is ev.Act.OUTLINE for s in event.segments
            )
            return replace(state, approach_stated=state.approach_stated or stated)
        case ev.InterviewerSaid():
            return replace(state, interviewer_spoke_at=event.at)
        case ev.FactDisclosed():
            return replace(state, facts=(*state.facts, event.fact))
        case ev.HintServed():
            return replace(state, hints=event.rung, hint_sha=state.code_sha, hint_attempts=state.attempts)
        case ev.FollowUpAsked():
            return replace(state, follow_ups=(*state.follow_ups, event.follow_up))
        case ev.Interjected():
            return replace(state, interjections=(*state.interjections, event.trigger))
        case ev.DecisionProbed():
            return replace(state, probed=(*state.probed, event.decision))
        case ev.CodeChanged():
            return replace(
                state, code=event.source, code_sha=event.sha, code_changed_at=event.at,
                code_changes=state.code_changes + 1,
            )  # fmt: skip
        case ev.TestsRan() if event.purpose is RunPurpose.PROBE:
            return replace(state, last_probe=event)
        case ev.TestsRan():
            green = event.run.green
            return replace(
                state, last_tests=event, attempts=state.attempts + 1,
                green_at=(state.green_at if state.green_at is not None else event.at) if green else None,
            )  # fmt: skip
        case ev.ProgramRan():
            return replace(state, last_program=event, attempts=state.attempts + 1)
        case ev.PhaseEntered():
            spent = dict(state.phase_spent)
            if state.phase is not None:
                spent[state.phase] = state.phase_seconds(state.phase, event.at)
            return replace(
                state, phase=event.phase, phase_spent=spent, phase_active_from=state.active(event.at)
            )
        case ev.TimeNoticed():
            return replace(state, notices=(*state.notices, (event.notice, event.phase)))
        case ev.Paused():
            return replace(state, paused_at=event.at)
        case ev.Resumed():
            stood = event.at - state.paused_at if state.paused_at is not None else 0.0
            return replace(
                state, paused_at=None, paused_total=state.paused_total + stood,
                spoke_at=event.at, code_changed_at=event.at,
            )  # fmt: skip
        case ev.InterviewerChanged():
            return replace(state, interviewer=event.interviewer)
        case ev.InterviewEnded():
            return replace(state, ended=event)
        case ev.SelfRated():
            return replace(state, self_rating=event)
        case ev.Scored():
            return replace(state, scored=(*state.scored, event.seq))
        case (
            ev.AssumptionNoted()
            | ev.MoveRefused()
            | ev.OwnTestsGraded()
            | ev.LeakBlocked()
            | ev.ModelCalled()
        ):
            return state
        case _:
            assert_never(event)


def fold(log: Iterable[ev.SessionEvent]) -> SessionState:
    """The state of a whole log."""
    return reduce(evolve, log, SessionState())
