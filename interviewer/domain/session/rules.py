"""What the session allows: `decide(state, command, at) -> events`. Pure."""

from __future__ import annotations

from typing import assert_never

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.session.hints import hint_cost, hint_refusal
from interviewer.domain.session.notices import notices
from interviewer.domain.session.state import SessionState, sha
from interviewer.domain.test_run import RunPurpose
from interviewer.errors import CommandRefused


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
            return notices(state, at, ends=command.ends)
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
