"""Words the report formats share."""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.domain.phases import clock_text
from interviewer.domain.rubric import Level
from interviewer.domain.scorecard import FactRow, PhaseTime, Scorecard, TestRow
from interviewer.domain.test_run import Verdict

FACT_STATUS = {
    "asked": "asked",
    "assumed": "assumed",
    "asked_late": "asked after coding began",
    "assumed_late": "assumed after coding began",
    "missed": "missed",
}
DECISION_STATUS = {
    "sound": "justified",
    "vague": "vague",
    "misconception": "wrong belief",
    "corrected": "corrected",
    "open": "not justified",
}


def level_words(level: Level | None) -> str:
    """A level, or `not assessed`."""
    return level.words if level is not None else "not assessed"


def honoured_words(row: FactRow) -> str:
    """Whether the code does what a fact says."""
    return {True: "yes", False: "no", None: "–"}[row.honoured]


def phase_words(row: PhaseTime) -> tuple[str, str, str]:
    """Phase, time spent, time recommended."""
    budget = clock_text(row.budget) if row.budget is not None else "–"
    return row.phase.replace("_", " "), clock_text(row.spent), budget


def verdict_words(verdict: Verdict) -> str:
    """A verdict for people."""
    return verdict.value.replace("_", " ")


def failing(tests: Iterable[TestRow]) -> tuple[TestRow, ...]:
    """The tests that did not pass."""
    return tuple(t for t in tests if t.verdict is not Verdict.PASSED)


def tier_counts(tests: Iterable[TestRow]) -> tuple[tuple[str, int, int], ...]:
    """(tier, passed, of) for each tier that occurs; sandbox failures are left out."""
    counts: dict[str, list[int]] = {}
    for t in tests:
        if t.verdict is Verdict.HARNESS_ERROR:
            continue
        pair = counts.setdefault(t.tier.value, [0, 0])
        pair[0] += t.verdict is Verdict.PASSED
        pair[1] += 1
    order = ("core", "edge", "stretch")
    return tuple((tier, counts[tier][0], counts[tier][1]) for tier in order if tier in counts)


def headline(card: Scorecard) -> str:
    """Overall level and decision in one line."""
    decision = f" – {card.decision}" if card.decision else ""
    return f"{level_words(card.overall)}{decision}"
