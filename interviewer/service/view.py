"""What an interviewer may see, computed from the session: nothing it must not know is in there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.scenario import Scenario
from interviewer.domain.session import SessionState, hint_cost, hint_refusal
from interviewer.domain.test_run import RunPurpose, TestRun, Verdict
from interviewer.domain.transcript import dialogue
from interviewer.matching.rules import any_match
from interviewer.ports import InterviewView, Occasion, TimeView, Topic
from interviewer.service.redact import public_run

RECOGNITION_FLOOR = 0.5


def build_view(
    state: SessionState,
    log: Sequence[ev.SessionEvent],
    scenario: Scenario,
    occasion: Occasion,
    at: float,
    *,
    turn: int = 0,
    act: ev.Act | None = None,
    segments: tuple[ev.Segment, ...] = (),
) -> InterviewView:
    """The view for one occasion at session time `at`."""
    started = state.first
    phase = state.phase or started.plan.phases[0].phase
    question, confidence = _misconception(state)
    last_run = state.last_tests.run if state.last_tests is not None else None
    return InterviewView(
        occasion=occasion,
        brief=scenario.brief,
        title=scenario.title,
        seniority=started.seniority,
        company=started.company,
        code_runs=started.code_runs,
        libraries=started.libraries or scenario.libraries,
        phase=phase,
        next_phase=started.plan.after(phase),
        time=_time(state, log, phase, at),
        lines=dialogue(log),
        topics=_topics(state, scenario),
        code=state.code,
        starter=started.starter,
        code_changes=state.code_changes,
        turn=turn,
        act=act,
        segments=segments,
        run=_public(last_run),
        program=state.last_program.run if state.last_program is not None else None,
        hints=scenario.hints[: state.hints],
        rungs=len(scenario.hints),
        hint_refusal=hint_refusal(state, len(scenario.hints)),
        next_hint_cost=hint_cost(state.hints + 1, len(scenario.hints)),
        follow_ups=tuple((f.id, f.question) for f in scenario.follow_ups if f.id not in state.follow_ups),
        follow_ups_asked=state.follow_ups,
        decisions=tuple((d.id, d.question) for d in scenario.decisions if d.id not in state.probed),
        decisions_probed=state.probed,
        decisions_justified=_justified(log, scenario),
        interjections=state.interjections,
        misconception=question,
        misconception_confidence=confidence,
        largest_paste=_largest_paste(log, started.starter),
    )


def _public(run: TestRun | None) -> TestRun | None:
    return public_run(run) if run is not None else None


def _time(state: SessionState, log: Sequence[ev.SessionEvent], phase: Phase, at: float) -> TimeView:
    red_at = _red_at(log)
    return TimeView(
        elapsed=state.active(at),
        remaining=state.remaining(at),
        phase_elapsed=state.phase_seconds(phase, at),
        phase_budget=state.plan.budget(phase),
        since_candidate_spoke=max(0.0, at - state.spoke_at),
        since_code_changed=max(0.0, at - state.code_changed_at),
        since_interviewer_spoke=max(0.0, at - state.interviewer_spoke_at),
        green_for=max(0.0, at - state.green_at) if state.green_at is not None else None,
        red_for=max(0.0, at - red_at) if red_at is not None else None,
    )


def _red_at(log: Sequence[ev.SessionEvent]) -> float | None:
    """When the candidate's runs stopped being green; None when the last one was."""
    red: float | None = None
    for event in log:
        if isinstance(event, ev.TestsRan) and event.purpose in (RunPurpose.VISIBLE, RunPurpose.SUBMIT):
            good = event.run.green
        elif isinstance(event, ev.ProgramRan):
            good = event.run.verdict is Verdict.PASSED
        else:
            continue
        red = None if good else (red if red is not None else event.at)
    return red


def _largest_paste(log: Sequence[ev.SessionEvent], starter: str) -> int:
    """Most lines that one snapshot of the code added to the one before."""
    lines, most = starter.count("\n"), 0
    for event in log:
        if isinstance(event, ev.CodeChanged):
            now = event.source.count("\n")
            most, lines = max(most, now - lines), now
    return most


def _topics(state: SessionState, scenario: Scenario) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            fact=fact.id,
            topic=fact.topic,
            essential=fact.essential,
            answer=fact.answer if fact.id in state.facts else None,
        )
        for fact in scenario.facts
    )


def _misconception(state: SessionState) -> tuple[str, float]:
    """The exposing question of the mutant the code in the editor behaves like."""
    probe = state.last_probe
    if probe is None or probe.run.source_sha != state.code_sha or probe.run.recognition is None:
        return "", 0.0
    seen = probe.run.recognition
    return (seen.question, seen.confidence) if seen.confidence >= RECOGNITION_FLOOR else ("", 0.0)


def _justified(log: Sequence[ev.SessionEvent], scenario: Scenario) -> tuple[str, ...]:
    said = [event.text for event in log if isinstance(event, ev.CandidateSaid)]
    return tuple(
        decision.id
        for decision in scenario.decisions
        if any(_matches(text, tuple(a for r in decision.reasons for a in r.aliases)) for text in said)
    )


@lru_cache(maxsize=8192)
def _matches(text: str, aliases: tuple[str, ...]) -> bool:
    return any_match(aliases, text)
