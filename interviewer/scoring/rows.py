"""The tables of a scorecard: facts, decisions, follow-ups, tests and phase times."""

from __future__ import annotations

from collections import Counter

from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.scorecard import Claim, DecisionRow, FactRow, FollowUpRow, PhaseTime, TestRow
from interviewer.domain.session import fold
from interviewer.domain.test_run import TestResult, Verdict
from interviewer.scoring.evidence import Evidence, whole
from interviewer.scoring.reasons import claim, short

_CLOCK = (ev.SessionStarted, ev.PhaseEntered, ev.Paused, ev.Resumed, ev.InterviewEnded)


def phase_rows(evidence: Evidence) -> tuple[PhaseTime, ...]:
    """Seconds in each phase of the plan beside the seconds recommended."""
    log, plan = evidence.view.log, evidence.view.started.plan
    # Only these events move the clock; folding the rest would cost as much as all other evidence.
    state = fold(event for event in log if isinstance(event, _CLOCK))
    at = state.ended.at if state.ended else log[-1].at
    return tuple(
        PhaseTime(phase=b.phase.value, spent=round(state.phase_seconds(b.phase, at), 3), budget=b.seconds)
        for b in plan.phases
    )


def fact_rows(evidence: Evidence) -> tuple[FactRow, ...]:
    """Every essential fact, and the others that came out, with how they came out."""
    known = {o.fact.id: o for o in evidence.clarifying.obtained}
    rows = []
    for fact in evidence.view.scenario.facts:
        o = known.get(fact.id)
        if o is None:
            if fact.essential:
                rows.append(
                    FactRow(
                        fact=fact.id, topic=fact.topic, essential=True, status="missed",
                        events=whole(evidence.view), answer=fact.answer,
                    )
                )  # fmt: skip
            continue
        status = ("asked" if o.via is ev.Via.ASKED else "assumed") + ("_late" if o.late else "")
        rows.append(
            FactRow(
                fact=fact.id, topic=fact.topic, essential=fact.essential, status=status, honoured=o.honoured,
                events=(o.turn, o.seq), answer=fact.answer,
            )
        )  # fmt: skip
    return tuple(rows)


def decision_rows(evidence: Evidence) -> tuple[DecisionRow, ...]:
    """How each decision stands."""
    rows = []
    for j in evidence.reasoning.justifications:
        said: Claim | None = None
        if j.seq:
            text = {
                "sound": j.point,
                "corrected": f"corrected later to: {j.point}",
                "misconception": f"rests on the belief that {j.point}",
                "vague": "a reason was tried; none of the ones that hold was named",
            }[j.status]
            said = claim(text, (j.seq, j.later), short(j.quote))
        rows.append(DecisionRow(decision=j.decision.id, title=j.decision.title, status=j.status, claim=said))
    return tuple(rows)


def follow_up_rows(evidence: Evidence) -> tuple[FollowUpRow, ...]:
    """Points made and missed for each follow-up put."""
    return tuple(
        FollowUpRow(
            follow_up=a.follow_up.id, question=a.follow_up.question, made=tuple(p.text for p in a.made),
            missing=tuple(p.text for p in a.missing), events=(a.seq, *a.turns),
        )
        for a in evidence.reasoning.answers
    )  # fmt: skip


def test_rows(evidence: Evidence) -> tuple[TestRow, ...]:
    """The tests of the run the code is judged by; a hidden one goes by tier and number.

    Once the session is over a hidden test also says what it is about, by the neutral topic of the fact
    it checks; its name, its inputs and the values compared stay hidden.
    """
    run = evidence.execution.run
    if run is None:
        return ()
    snapshot = evidence.view.source_at(evidence.execution.run_seq)
    lines = (snapshot.source if snapshot else evidence.view.started.starter).splitlines()
    numbers: Counter[str] = Counter()
    rows = []
    for r in run.results:
        name = r.name
        if r.hidden:
            numbers[r.tier.value] += 1
            name = f"hidden {r.tier.value} {numbers[r.tier.value]}"
        at = lines[r.line - 1].strip() if r.line and 0 < r.line <= len(lines) else ""
        rows.append(
            TestRow(
                name=name, tier=r.tier, hidden=r.hidden, verdict=r.verdict, message=_message(r, evidence),
                line=r.line, code_line=at, fact="" if r.hidden else r.fact,
            )
        )  # fmt: skip
    return tuple(rows)


def _message(result: TestResult, evidence: Evidence) -> str:
    if not result.hidden:
        return result.message
    if result.verdict is Verdict.PASSED:
        return ""
    spec = evidence.view.scenario.test(result.name)
    linked = [f for f in evidence.view.scenario.facts if result.name in f.tests]
    fact = evidence.view.scenario.fact(spec.fact) if spec and spec.fact else (linked[0] if linked else None)
    about = f"about {fact.topic}" if fact else "about the general behaviour"
    how = {
        Verdict.FAILED: "a wrong result",
        Verdict.ERROR: "an error in the code",
        Verdict.TIMED_OUT: "too slow",
        Verdict.OUT_OF_MEMORY: "too much memory",
        Verdict.OUTPUT_LIMIT: "too much output",
        Verdict.HARNESS_ERROR: "the sandbox failed; not charged",
    }[result.verdict]
    return f"{about}: {how}"


def phase_entries(evidence: Evidence) -> dict[Phase, int]:
    """The event at which each phase was first entered."""
    found: dict[Phase, int] = {}
    for event in evidence.view.log:
        if isinstance(event, ev.PhaseEntered):
            found.setdefault(event.phase, event.seq)
    return found
