"""The session as a state machine: `decide(state, command, at) -> events`, `evolve(state, event) -> state`.

Both are pure. `decide` raises `CommandRefused` for a command the session does not allow and leaves
nothing behind; moves of the interviewer that are not granted are not errors but `MoveRefused` events.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import assert_never

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Phase, PhasePlan
from interviewer.domain.test_run import RunPurpose
from interviewer.errors import CommandRefused

_SHORT_PHASE = 120.0
HINT_COSTS = (
    "noted in the report, no cap",
    "noted in the report; counts towards the hint total",
    "technical skills can be at most strong",
)


def sha(source: str) -> str:
    """Short fingerprint of a source text."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- state ------------------------------------------------------------------------------------


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


# --- decide -----------------------------------------------------------------------------------


def decide(state: SessionState, command: cmd.Command, at: float) -> tuple[ev.SessionEvent, ...]:
    """The events `command` leads to at session time `at`; raises CommandRefused.

    A time before the last event is taken as the time of that event: the log never runs back.
    """
    at = max(at, state.at)
    n = state.seq + 1
    if isinstance(command, cmd.Begin):
        return _begin(state, command, at)
    if state.started is None:
        raise CommandRefused("the session has not started", remedy="start it first")
    match command:
        case cmd.Reopen():
            # A pause left standing by a crash stays standing; the person resumes it.
            return (ev.SessionReopened(seq=n, at=at),)
        case cmd.RateSelf():
            if state.scored:
                raise CommandRefused("the rating was already shown", remedy="rate yourself before the reveal")
            _only_ended(state, "rate yourself")
            return (ev.SelfRated(seq=n, at=at, ratings=dict(command.ratings)),)
        case cmd.RecordScore():
            _only_ended(state, "be rated")
            return (ev.Scored(seq=n, at=at, scorecard=command.scorecard),)
        case cmd.RecordGrade():
            return (ev.OwnTestsGraded(seq=n, at=at, grade=command.grade),)
        case cmd.RecordModelCall():
            return (
                ev.ModelCalled(
                    seq=n, at=at, model=command.model, role=command.role, input_tokens=command.input_tokens,
                    output_tokens=command.output_tokens, cached_tokens=command.cached_tokens,
                    cost_usd=command.cost_usd, estimated=command.estimated, ms=command.ms,
                    error=command.error,
                ),
            )  # fmt: skip
        case cmd.Speak():
            # The closing line may follow the end.
            return (
                ev.InterviewerSaid(
                    seq=n,
                    at=at,
                    text=command.text,
                    reply_to=command.reply_to,
                    interrupted=command.interrupted,
                ),
            )
        case cmd.RecordTests() if command.purpose is RunPurpose.FINAL:
            return (ev.TestsRan(seq=n, at=at, purpose=command.purpose, run=command.run),)
        case cmd.RecordLeak():
            return (ev.LeakBlocked(seq=n, at=at, why=command.why, characters=command.characters),)
        case cmd.RefuseMove():
            return (ev.MoveRefused(seq=n, at=at, move=command.move, why=command.why),)
        case cmd.Tick() if state.ended is not None or state.paused_at is not None:
            return ()
        case _:
            pass
    if state.ended is not None:
        raise CommandRefused("the interview has ended", remedy="see its report, or start another")
    match command:
        case cmd.Resume():
            return () if state.paused_at is None else (ev.Resumed(seq=n, at=at),)
        case cmd.End():
            return (ev.InterviewEnded(seq=n, at=at, reason=command.reason),)
        case cmd.EditCode():
            if command.source == state.code:
                return ()
            return (ev.CodeChanged(seq=n, at=at, source=command.source, sha=sha(command.source)),)
        case cmd.RecordTests():
            return (ev.TestsRan(seq=n, at=at, purpose=command.purpose, run=command.run),)
        case cmd.RecordProgram():
            return (ev.ProgramRan(seq=n, at=at, run=command.run),)
        case cmd.ChangeInterviewer():
            return (ev.InterviewerChanged(seq=n, at=at, interviewer=command.interviewer, why=command.why),)
        case _:
            pass
    if state.paused_at is not None:
        if isinstance(command, cmd.Pause):
            return ()
        raise CommandRefused("the interview is paused", remedy="resume it first (/pause)")
    match command:
        case cmd.Say():
            if not command.text.strip():
                raise CommandRefused("there is nothing to say in an empty line")
            return (ev.CandidateSaid(seq=n, at=at, text=command.text),)
        case cmd.Classify():
            return (
                ev.TurnClassified(
                    seq=n, at=at, turn=command.turn, act=command.act, segments=command.segments
                ),
            )
        case cmd.Disclose():
            return (_disclose(state, command, n, at),)
        case cmd.NoteAssumption():
            return (ev.AssumptionNoted(seq=n, at=at, text=command.text, turn=command.turn),)
        case cmd.ServeHint():
            return (_hint(state, command, n, at),)
        case cmd.AskFollowUp():
            why = _once("follow-up", command.follow_up, state.started.outline.follow_ups, state.follow_ups)
            if why:
                return (_refused(f"ask_follow_up({command.follow_up})", why, n, at),)
            return (ev.FollowUpAsked(seq=n, at=at, follow_up=command.follow_up, question=command.question),)
        case cmd.Interject():
            if command.trigger in state.interjections:
                return (_refused(f"interject({command.trigger})", "said once already", n, at),)
            return (
                ev.Interjected(
                    seq=n, at=at, trigger=command.trigger, reason=command.reason, line=command.line
                ),
            )
        case cmd.ProbeDecision():
            if command.decision in state.probed:
                return (_refused(f"probe({command.decision})", "asked once already", n, at),)
            return (ev.DecisionProbed(seq=n, at=at, decision=command.decision, question=command.question),)
        case cmd.EnterPhase():
            return _enter(state, command, n, at)
        case cmd.Pause():
            return (ev.Paused(seq=n, at=at),)
        case cmd.Tick():
            return _notices(state, at)
        case _:
            assert_never(command)


def _begin(state: SessionState, command: cmd.Begin, at: float) -> tuple[ev.SessionEvent, ...]:
    if state.started is not None:
        raise CommandRefused("the session has started already")
    if not command.plan.phases:
        raise CommandRefused("the session has no phases")
    started = ev.SessionStarted(
        seq=1, at=at, session=command.session, scenario=command.scenario, digest=command.digest,
        interview=command.interview, company=command.company, seniority=command.seniority, plan=command.plan,
        code_runs=command.code_runs, seed=command.seed, interviewer=command.interviewer,
        started_at=command.started_at, starter=command.starter, outline=command.outline,
        libraries=command.libraries, versions=dict(command.versions), branched_from=command.branched_from,
        branched_at=command.branched_at,
    )  # fmt: skip
    first = command.plan.phases[0].phase
    return started, ev.PhaseEntered(seq=2, at=at, phase=first, by=ev.EnteredBy.START)


def _only_ended(state: SessionState, what: str) -> None:
    if state.ended is None:
        raise CommandRefused(f"the interview must end before you can {what}", remedy="/end")


def _refused(move: str, why: str, seq: int, at: float) -> ev.MoveRefused:
    return ev.MoveRefused(seq=seq, at=at, move=move, why=why)


def _once(what: str, item: str, known: tuple[str, ...], done: tuple[str, ...]) -> str:
    if item not in known:
        return f"no such {what}"
    return "asked once already" if item in done else ""


def _disclose(state: SessionState, command: cmd.Disclose, seq: int, at: float) -> ev.SessionEvent:
    assert state.started is not None
    if command.fact not in state.started.outline.facts:
        return _refused(f"disclose({command.fact})", "no such fact", seq, at)
    return ev.FactDisclosed(
        seq=seq, at=at, fact=command.fact, topic=command.topic, answer=command.answer, via=command.via,
        turn=command.turn,
    )  # fmt: skip


def hint_refusal(state: SessionState, rungs: int) -> str:
    """Why the next rung cannot be served now; empty when it can."""
    if state.hints >= rungs:
        return "the ladder has no further rung"
    fresh = state.code_sha != state.hint_sha or state.attempts > state.hint_attempts
    if state.hints > 0 and not fresh:
        return "try something first: change the code or run it, then ask again"
    if state.hints == rungs - 1 and not state.approach_stated:
        return "say first how you would approach it; the last rung comes after that"
    return ""


def hint_cost(rung: int, rungs: int) -> str:
    """What taking rung `rung` (1-based) of `rungs` costs, shown beforehand."""
    return HINT_COSTS[2] if rung >= rungs else HINT_COSTS[min(rung - 1, 1)]


def _hint(state: SessionState, command: cmd.ServeHint, seq: int, at: float) -> ev.SessionEvent:
    why = hint_refusal(state, len(command.ladder))
    rung = state.hints + 1
    if why:
        return _refused(f"hint({rung})", why, seq, at)
    return ev.HintServed(
        seq=seq, at=at, rung=rung, text=command.ladder[rung - 1], cost=hint_cost(rung, len(command.ladder))
    )


def _enter(state: SessionState, command: cmd.EnterPhase, seq: int, at: float) -> tuple[ev.SessionEvent, ...]:
    to = state.plan.index(command.phase)
    now = state.plan.index(state.phase) if state.phase is not None else -1
    if to == now:
        return ()
    if command.by is not ev.EnteredBy.CANDIDATE and to != now + 1:
        return (_refused(f"request_phase({command.phase})", "only the next phase can be requested", seq, at),)
    return (ev.PhaseEntered(seq=seq, at=at, phase=command.phase, by=command.by),)


def _notices(state: SessionState, at: float) -> tuple[ev.SessionEvent, ...]:
    total, phase = state.plan.total_seconds, state.phase
    if total is None or phase is None:
        return ()
    active, remaining = state.active(at), max(0.0, total - state.active(at))
    due: list[tuple[ev.NoticeKind, Phase | None]] = []
    budget, spent = state.plan.budget(phase), state.phase_seconds(phase, at)
    if budget is None or budget < _SHORT_PHASE:
        pass  # a phase of seconds has no time worth a notice
    elif spent >= budget:
        due.append((ev.NoticeKind.PHASE_SPENT, phase))
    elif spent >= 0.8 * budget:
        due.append((ev.NoticeKind.PHASE_AMBER, phase))
    if active >= 0.8 * total:
        due.append((ev.NoticeKind.TOTAL_AMBER, None))
    if remaining <= 300 < total:
        due.append((ev.NoticeKind.FIVE_MINUTES, None))
    if active >= total:
        due.append((ev.NoticeKind.TIME_UP, None))
    made: list[ev.SessionEvent] = []
    for notice, about in due:
        if (notice, about) not in state.notices:
            seq = state.seq + 1 + len(made)
            made.append(ev.TimeNoticed(seq=seq, at=at, notice=notice, remaining=remaining, phase=about))
    if active >= total:
        made.append(ev.InterviewEnded(seq=state.seq + 1 + len(made), at=at, reason=ev.EndReason.TIME_UP))
    return tuple(made)
