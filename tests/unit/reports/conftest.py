"""A scorecard whose every text is hostile, and the log it points into."""

from __future__ import annotations

import pytest

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Kind, Phase, plan_for
from interviewer.domain.rubric import Level, Seniority
from interviewer.domain.scorecard import (
    ApproachStep,
    Claim,
    DecisionRow,
    FactRow,
    FollowUpRow,
    Mistake,
    PhaseTime,
    Scorecard,
    SignalRating,
    TestRow,
    WeightedRow,
)
from interviewer.domain.session import SessionState, decide, evolve
from interviewer.domain.test_run import Tier, Verdict

EVIL = (
    "<script>alert(1)</script> "
    "[click](javascript:alert(2)) ![i](http://evil.example/x.png) | **bold** "
    "`code` <img src=x onerror=alert(3)> "
    "<https://evil.example> https://evil.example www.evil.example &lt;b&gt; "
    "{{ 7 * 7 }} {% raw %} \x1b[31mred\u202e $x$ ~~gone~~ \"quoted\" 'single'"
    "\n# heading\n- item\n\n| a | b |\n|---|---|"
)
CODE = "def f():\n    return '</pre><script>alert(4)</script>'\n"


@pytest.fixture
def evil() -> str:
    return EVIL


@pytest.fixture
def log() -> tuple[ev.SessionEvent, ...]:
    state, events = SessionState(), []
    plan = plan_for(Kind.CODING, 45)
    script: list[tuple[float, cmd.Command]] = [
        (0, cmd.Begin(
            session="s1", scenario="sc", digest="d", interview=Kind.CODING, company="free",
            seniority=Seniority.MID, plan=plan, code_runs=True, seed=0, interviewer="offline",
            started_at="2026-01-01T00:00:00Z", starter="", outline=ev.ScenarioOutline(),
        )),
        (5, cmd.Speak(EVIL)),
        (10, cmd.Say(EVIL)),
        (70, cmd.EnterPhase(Phase.OUTLINE, ev.EnteredBy.CANDIDATE)),
        (80, cmd.EditCode(CODE)),
        (90, cmd.Say("# not a heading")),
        (100, cmd.End(ev.EndReason.CANDIDATE)),
    ]  # fmt: skip
    for at, command in script:
        for event in decide(state, command, at):
            events.append(event)
            state = evolve(state, event)
    return tuple(events)


@pytest.fixture
def card(log: tuple[ev.SessionEvent, ...]) -> Scorecard:
    said = next(e.seq for e in log if isinstance(e, ev.CandidateSaid))
    code = next(e.seq for e in log if isinstance(e, ev.CodeChanged))
    claim = Claim(text=EVIL, events=(said, code), quote=EVIL)
    return Scorecard(
        session="s1",
        scenario="sc",
        title=EVIL,
        kind="coding",
        rubric="ml_coding",
        rubric_version=1,
        rater="rules",
        scorer_version=1,
        signals=(
            SignalRating(
                signal="technical_skills",
                title=EVIL,
                rating=Level.STRONG,
                reasons=(claim,),
                interval=(Level.WEAK, Level.STRONG),
                proposed=Level.VERY_STRONG,
                samples=(Level.STRONG,),
            ),
            SignalRating(signal="rationale", title="Rationale", rating=None, not_assessed=EVIL),
        ),
        overall=Level.STRONG,
        overall_reasons=(claim,),
        formula=EVIL,
        decision="Hire",
        meaning=EVIL,
        levelling=EVIL,
        thin=EVIL,
        weighted=(
            WeightedRow(id="w", title=EVIL, weight=100, share=0.5, note=EVIL, signals=("technical_skills",)),
        ),
        weighted_total=50.0,
        mistakes=(
            Mistake(
                id="m",
                title=EVIL,
                claim=claim,
                inference=EVIL,
                avoidance=EVIL,
                recovery=claim,
                recovered=True,
            ),
        ),
        phases=(
            PhaseTime(phase="clarify", spent=70, budget=188),
            PhaseTime(phase="outline", spent=30, budget=None),
        ),
        facts=(
            FactRow(
                fact="f",
                topic=EVIL,
                essential=True,
                status="asked",
                honoured=False,
                events=(said,),
                answer=EVIL,
            ),
        ),
        decisions=(DecisionRow(decision="d", title=EVIL, status="sound", claim=claim),),
        follow_ups=(
            FollowUpRow(follow_up="q", question=EVIL, made=(EVIL,), missing=(EVIL,), events=(said,)),
        ),
        tests=(
            TestRow(
                name="shown",
                tier=Tier.CORE,
                hidden=False,
                verdict=Verdict.FAILED,
                message=EVIL,
                line=2,
                code_line=EVIL,
            ),
            TestRow(name="hidden edge 1", tier=Tier.EDGE, hidden=True, verdict=Verdict.PASSED),
        ),
        approach=(ApproachStep(id="step_1", title=EVIL, done=True, claim=claim),),
        own_tests_killed=1,
        own_tests_mutants=3,
        patterns=(EVIL,),
        really_tested=EVIL,
        hints=1,
        dropped_claims=2,
        self_rating={"technical_skills": Level.WEAK},
        versions={"scorer": "1", "prompts": EVIL},
    )
