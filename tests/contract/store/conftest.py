"""A small real log, made by the engine itself, and the stores that must keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Kind, plan_for
from interviewer.domain.rubric import Level, Seniority
from interviewer.domain.scorecard import Claim, Scorecard, SignalRating
from interviewer.domain.session import SessionState, decide, evolve
from interviewer.domain.test_run import RunPurpose, TestResult, TestRun, Tier, Verdict
from interviewer.ports import SessionStore
from interviewer.storage import MemoryStore, SqliteStore

LogMaker = Callable[..., tuple[ev.SessionEvent, ...]]


def make_log(
    session: str = "s1", started_at: str = "2030-01-01T10:00:00Z", *, ended: bool = True, turns: int = 2
) -> tuple[ev.SessionEvent, ...]:
    """A log of 14 events for two turns when ended: 60 s pause, end at 400 s, scored at 500 s."""
    begin = cmd.Begin(
        session=session, scenario="kmeans_lloyd", digest="d", interview=Kind.CODING, company="google",
        seniority=Seniority.MID, plan=plan_for(Kind.CODING, 45), code_runs=True, seed=7,
        interviewer="offline", started_at=started_at, starter="def kmeans(X, k):\n    ...\n",
        outline=ev.ScenarioOutline(facts=("empty",), essential=("empty",), hints=3),
        versions={"rubric": "ml_coding 1"},
    )  # fmt: skip
    run = TestRun(
        scenario="kmeans_lloyd", seed=7, source_sha="abc", verdict=Verdict.FAILED,
        results=(
            TestResult(name="a", tier=Tier.CORE, hidden=False, verdict=Verdict.PASSED, ms=0.25),
            TestResult(
                name="b", tier=Tier.EDGE, hidden=True, verdict=Verdict.FAILED, got="nan", line=3, column=5
            ),
        ),
        sandbox={"landlock": "on"},
    )  # fmt: skip
    script: list[tuple[float, cmd.Command]] = [(0.0, begin)]
    for turn in range(turns):
        script.append((10.0 + turn, cmd.Say(f"What about empty clusters? {turn} \u2028 é \U0001f600 \x00")))
    segment = ev.Segment(text="What", act=ev.Act.QUESTION, fact="empty", score=0.1 + 0.2)
    script += [
        (100.5, cmd.Classify(3, ev.Act.QUESTION, (segment,))),
        (101.0, cmd.Disclose("empty", "empty clusters", "move it", turn=3)),
        (102.0, cmd.Speak("Move it.", reply_to=3)),
        (200.0, cmd.Pause()),
        (260.0, cmd.Resume()),
        (300.0, cmd.EditCode("def kmeans(X, k):\n    return 1\n")),
        (301.0, cmd.RecordTests(RunPurpose.VISIBLE, run)),
    ]
    if ended:
        card = Scorecard(
            session=session, scenario="kmeans_lloyd", title="K-means", kind="coding", rubric="ml_coding",
            rubric_version=1, rater="rules", scorer_version=1,
            signals=(
                SignalRating(
                    signal="technical", title="Technical skills", rating=Level.WEAK,
                    reasons=(Claim(text="one test fails", events=(11,)),),
                    interval=(Level.WEAK, Level.STRONG),
                ),
                SignalRating(signal="rationale", title="Rationale", rating=None, not_assessed="thin"),
            ),
            overall=Level.WEAK, overall_reasons=(), formula="mean", decision="no hire", meaning="",
            levelling="",
        )  # fmt: skip
        script += [(400.0, cmd.End(ev.EndReason.CANDIDATE)), (500.0, cmd.RecordScore(card))]
    state, log = SessionState(), list[ev.SessionEvent]()
    for at, command in script:
        for event in decide(state, command, at):
            state = evolve(state, event)
            log.append(event)
    return tuple(log)


@pytest.fixture
def log_of() -> LogMaker:
    return make_log


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SessionStore]:
    made: SessionStore = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "data")
    yield made
    made.close()
