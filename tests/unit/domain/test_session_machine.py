"""The session machine under any legal sequence of commands."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Kind, Phase, PhasePlan, plan_for
from interviewer.domain.rubric import Level, Seniority
from interviewer.domain.session import SessionState, decide, evolve, fold, hint_refusal
from interviewer.domain.test_run import ProgramRun, RunPurpose, TestResult, TestRun, Tier, Verdict
from interviewer.errors import CommandRefused

LADDER = ("one", "two", "three")
PHASES = (Phase.CLARIFY, Phase.OUTLINE, Phase.IMPLEMENT, Phase.TEST)


def begin(minutes: float | None = 45, **changes: Any) -> cmd.Begin:
    values: dict[str, Any] = {
        "session": "s1",
        "scenario": "kmeans_lloyd",
        "digest": "d",
        "interview": Kind.CODING,
        "company": "free",
        "seniority": Seniority.MID,
        "plan": plan_for(Kind.CODING, minutes),
        "code_runs": True,
        "seed": 7,
        "interviewer": "offline",
        "started_at": "2026-01-01T00:00:00+00:00",
        "starter": "def f():\n    pass\n",
        "outline": ev.ScenarioOutline(
            facts=("a", "b"), essential=("a",), hints=3, follow_ups=("f1",), interjections=("i1",)
        ),
    }
    return cmd.Begin(**{**values, **changes})


def a_run(verdict: Verdict = Verdict.PASSED) -> TestRun:
    result = TestResult(name="t", tier=Tier.CORE, hidden=False, verdict=verdict)
    return TestRun(
        scenario="kmeans_lloyd", seed=0, source_sha="x", verdict=verdict, results=(result,), sandbox={}
    )


def started(minutes: float | None = 45) -> tuple[list[ev.SessionEvent], SessionState]:
    log = list(decide(SessionState(), begin(minutes), 0.0))
    return log, fold(log)


def play(
    *steps: tuple[cmd.Command, float], minutes: float | None = 45
) -> tuple[list[ev.SessionEvent], SessionState]:
    log, state = started(minutes)
    for command, at in steps:
        for event in decide(state, command, at):
            log.append(event)
            state = evolve(state, event)
    return log, state


commands = st.one_of(
    st.builds(cmd.Say, st.text(min_size=1, max_size=12)),
    st.builds(cmd.Speak, st.text(min_size=1, max_size=12)),
    st.builds(cmd.Classify, st.just(3), st.sampled_from(list(ev.Act)), st.just(())),
    st.builds(cmd.Disclose, st.sampled_from(["a", "b", "nope"]), st.just("t"), st.just("x")),
    st.builds(cmd.NoteAssumption, st.just("k is small"), st.just(3)),
    st.builds(cmd.ServeHint, st.just(LADDER)),
    st.builds(cmd.AskFollowUp, st.sampled_from(["f1", "f2"]), st.just("why?")),
    st.builds(cmd.Interject, st.sampled_from(["i1", "silence"]), st.just("r"), st.just("line")),
    st.builds(cmd.ProbeDecision, st.sampled_from(["d1", "d2"]), st.just("why?")),
    st.builds(cmd.EditCode, st.sampled_from(["a = 1", "b = 2", "def f():\n    pass\n"])),
    st.builds(cmd.RecordTests, st.sampled_from(list(RunPurpose)), st.just(a_run())),
    st.builds(cmd.RecordProgram, st.just(ProgramRun(source_sha="x", verdict=Verdict.PASSED))),
    st.builds(cmd.EnterPhase, st.sampled_from(PHASES), st.sampled_from(list(ev.EnteredBy))),
    st.just(cmd.Tick()),
    st.just(cmd.Pause()),
    st.just(cmd.Resume()),
    st.just(cmd.Reopen()),
    st.builds(cmd.ChangeInterviewer, st.just("other"), st.just("why")),
    st.builds(cmd.RecordLeak, st.just("code"), st.just(10)),
    st.builds(cmd.End, st.sampled_from(list(ev.EndReason))),
    st.builds(cmd.RateSelf, st.just({"rationale": Level.STRONG})),
)
# Times may even run back between calls: the machine must not.
steps = st.lists(st.tuples(commands, st.floats(-50, 4000, allow_nan=False)), max_size=60)


@settings(max_examples=300, deadline=None)
@given(steps=steps, minutes=st.sampled_from([None, 10.0, 45.0]))
def test_any_sequence_of_commands_keeps_the_invariants(
    steps: list[tuple[cmd.Command, float]], minutes: float | None
) -> None:
    log, state = started(minutes)
    for command, at in steps:
        before = state
        try:
            events = decide(state, command, at)
        except CommandRefused:
            assert state == before
            continue
        for event in events:
            log.append(event)
            state = evolve(state, event)
    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    times = [event.at for event in log]
    assert times == sorted(times)
    assert state == fold(log)
    position = -1
    for event in log:
        if isinstance(event, ev.PhaseEntered):
            to = PHASES.index(event.phase)
            assert to == position + 1 or event.by is ev.EnteredBy.CANDIDATE
            position = to
    for once in (ev.Interjected, ev.FollowUpAsked, ev.DecisionProbed, ev.TimeNoticed):
        keys = [
            tuple(getattr(e, f.name) for f in fields(e) if f.name not in ("seq", "at", "remaining"))
            for e in log
            if isinstance(e, once)
        ]
        assert len(keys) == len(set(keys)), once
    rungs = [e.rung for e in log if isinstance(e, ev.HintServed)]
    assert rungs == list(range(1, len(rungs) + 1))
    ends = [e for e in log if isinstance(e, ev.InterviewEnded)]
    assert len(ends) <= 1
    if ends:
        after = [e for e in log if e.seq > ends[0].seq]
        assert not any(isinstance(e, ev.CandidateSaid | ev.PhaseEntered | ev.CodeChanged) for e in after)


@settings(max_examples=100, deadline=None)
@given(steps=steps)
def test_time_of_phases_adds_up_to_the_time_of_the_interview(steps: list[tuple[cmd.Command, float]]) -> None:
    _, state = started()
    for command, at in steps:
        try:
            events = decide(state, command, at)
        except CommandRefused:
            continue
        for event in events:
            state = evolve(state, event)
    at = state.at + 5
    whole = sum(state.phase_seconds(phase, at) for phase in PHASES)
    assert whole == pytest.approx(state.active(at), abs=1e-6)


def test_nothing_happens_before_the_start() -> None:
    with pytest.raises(CommandRefused, match="not started"):
        decide(SessionState(), cmd.Say("hello"), 0.0)
    _, state = started()
    with pytest.raises(CommandRefused, match="already"):
        decide(state, begin(), 1.0)


def test_a_pause_stops_the_clock_and_the_talk() -> None:
    _, state = play((cmd.Pause(), 100.0))
    with pytest.raises(CommandRefused, match="paused"):
        decide(state, cmd.Say("hello"), 110.0)
    assert decide(state, cmd.Tick(), 99_999.0) == ()
    _, state = play((cmd.Pause(), 100.0), (cmd.Resume(), 160.0))
    assert state.active(200.0) == pytest.approx(140.0)
    assert state.remaining(200.0) == pytest.approx(45 * 60 - 140)


def test_the_clock_says_five_minutes_once_and_ends_at_zero() -> None:
    log, state = play((cmd.Tick(), 2399.0), (cmd.Tick(), 2401.0), (cmd.Tick(), 2402.0), (cmd.Tick(), 2700.0))
    five = [e for e in log if isinstance(e, ev.TimeNoticed) and e.notice is ev.NoticeKind.FIVE_MINUTES]
    assert [(e.at, e.remaining) for e in five] == [(2401.0, 299.0)]
    assert isinstance(log[-1], ev.InterviewEnded) and log[-1].reason is ev.EndReason.TIME_UP
    assert state.ended is not None and state.remaining(9999.0) == 0.0


def test_a_tick_may_leave_the_end_to_a_later_one() -> None:
    log, state = play((cmd.Tick(), 2401.0), (cmd.Tick(ends=False), 2700.5))
    assert state.ended is None and not [e for e in log if isinstance(e, ev.InterviewEnded)]
    assert decide(state, cmd.Say("the last word"), 2700.6)
    (notice, end) = decide(state, cmd.Tick(), 2700.7)
    assert isinstance(notice, ev.TimeNoticed) and notice.notice is ev.NoticeKind.TIME_UP
    assert isinstance(end, ev.InterviewEnded) and end.reason is ev.EndReason.TIME_UP


def test_an_untimed_session_never_ends_by_the_clock() -> None:
    log, state = play((cmd.Tick(), 1e6), minutes=None)
    assert state.ended is None and len(log) == 2 and state.remaining(1e6) is None


def test_hints_need_an_attempt_and_the_last_one_an_approach() -> None:
    _, state = play((cmd.ServeHint(LADDER), 1.0))
    assert state.hints == 1
    assert "try something" in hint_refusal(state, 3)
    log, state = play((cmd.ServeHint(LADDER), 1.0), (cmd.ServeHint(LADDER), 2.0))
    assert isinstance(log[-1], ev.MoveRefused) and state.hints == 1
    steps: list[tuple[cmd.Command, float]] = [
        (cmd.ServeHint(LADDER), 1.0),
        (cmd.EditCode("a = 1"), 2.0),
        (cmd.ServeHint(LADDER), 3.0),
        (cmd.EditCode("a = 2"), 4.0),
        (cmd.ServeHint(LADDER), 5.0),
    ]
    log, state = play(*steps)
    assert state.hints == 2 and isinstance(log[-1], ev.MoveRefused) and "approach" in log[-1].why
    _, state = play(*steps, (cmd.Classify(3, ev.Act.OUTLINE, ()), 6.0), (cmd.ServeHint(LADDER), 7.0))
    assert state.hints == 3
    assert "no further" in hint_refusal(state, 3)


def test_only_the_candidate_goes_back_and_nobody_else_skips() -> None:
    interviewer = ev.EnteredBy.INTERVIEWER
    log, _ = play((cmd.EnterPhase(Phase.IMPLEMENT, interviewer), 1.0))
    assert isinstance(log[-1], ev.MoveRefused)
    log, state = play(
        (cmd.EnterPhase(Phase.OUTLINE, interviewer), 10.0),
        (cmd.EnterPhase(Phase.CLARIFY, interviewer), 20.0),
        (cmd.EnterPhase(Phase.CLARIFY, ev.EnteredBy.CANDIDATE), 30.0),
    )
    assert state.phase is Phase.CLARIFY
    assert state.phase_seconds(Phase.CLARIFY, 40.0) == pytest.approx(20.0)
    assert state.phase_seconds(Phase.OUTLINE, 40.0) == pytest.approx(20.0)


def test_rating_oneself_comes_after_the_end_and_before_the_reveal() -> None:
    rating = cmd.RateSelf({"communication": Level.WEAK})
    with pytest.raises(CommandRefused, match="must end"):
        play((rating, 1.0))
    _, state = play((cmd.End(ev.EndReason.CANDIDATE), 1.0), (rating, 2.0))
    assert state.self_rating is not None
    assert state.self_rating.ratings == {"communication": Level.WEAK}


def test_the_coding_plan_keeps_the_recommended_shares_and_fills_the_slot() -> None:
    plan: PhasePlan = plan_for(Kind.CODING, 43)
    assert [round((b.seconds or 0) / 60, 6) for b in plan.phases] == [3, 5, 25, 10]
    plan = plan_for(Kind.CODING, 45)
    assert sum(b.seconds or 0 for b in plan.phases) == pytest.approx(45 * 60)
