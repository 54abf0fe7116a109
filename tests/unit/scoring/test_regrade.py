"""Grading again: what moved, why, and under which versions; own ratings stay beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from interviewer.domain import commands as cmd
from interviewer.domain.rubric import Level, Rubric
from interviewer.domain.scorecard import SignalRating
from interviewer.scoring import RulesRater, diff, gather, table, with_signals

Make = Callable[..., Any]


def test_a_card_does_not_differ_from_itself(strong: Make, coding: Rubric) -> None:
    tape = strong()
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    found = diff(card, card)
    assert found.same and found.versions == ()


def test_the_diff_names_what_moved_and_the_reasons_that_came_and_went(strong: Make, coding: Rubric) -> None:
    good, bad = (
        RulesRater().rate(t.log, t.scenario, coding)
        for t in (strong(), strong(failing=frozenset({"two_pairs", "shapes", "settles"})))
    )
    found = diff(good, bad)
    moved = {c.signal: (c.before, c.after) for c in found.signals if c.moved}
    assert moved[table.TECHNICAL] == (Level.VERY_STRONG, Level.WEAK)
    assert "overall" in moved
    technical = next(c for c in found.signals if c.signal == table.TECHNICAL)
    assert any("100%" in t for t in technical.gone) and any("25%" in t for t in technical.new)


def test_versions_of_rubric_and_rater_are_in_the_card_and_in_the_diff(strong: Make, coding: Rubric) -> None:
    tape = strong()
    newer = replace(coding, version=2, title="Next year's rubric")
    old, new = (RulesRater().rate(tape.log, tape.scenario, r) for r in (coding, newer))
    assert old.versions["scorer"] and old.versions["rubric"] == "ml_coding@1"
    assert old.versions["session prompts"] == "1" and old.rater == "rules"
    assert ("rubric", "ml_coding@1", "ml_coding@2") in diff(old, new).versions
    other = diff(old, replace(old, rater="judge:x"))
    assert other.versions == (("rater", "rules", "judge:x"),)


def test_a_signal_only_one_card_has_is_shown(strong: Make, coding: Rubric) -> None:
    tape = strong()
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    fewer = replace(card, signals=card.signals[1:])
    change = next(c for c in diff(fewer, card).signals if c.signal == table.UNDERSTANDING)
    assert (change.before, change.after) == (None, Level.VERY_STRONG)


def test_own_rating_is_kept_beside_the_rating(strong: Make, coding: Rubric) -> None:
    tape = strong()
    tape.do(cmd.RateSelf({table.TECHNICAL: Level.WEAK}))
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    assert card.self_rating == {table.TECHNICAL: Level.WEAK}
    assert next(s.rating for s in card.signals if s.signal == table.TECHNICAL) is Level.VERY_STRONG


def test_other_signals_lead_to_another_conclusion(strong: Make, coding: Rubric) -> None:
    tape = strong()
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    lower = [
        replace(s, rating=Level.VERY_WEAK) if s.signal == table.COMMUNICATION else s for s in card.signals
    ]
    again = with_signals(card, lower, gather(tape.log, tape.scenario, coding), coding, rater="judge:x")
    assert (again.overall, again.decision, again.rater) == (Level.WEAK, "No hire", "judge:x")
    assert next(r.share for r in again.weighted if r.id == "communication") == 0
    none = [SignalRating(signal=s.signal, title=s.title, rating=None, not_assessed="x") for s in card.signals]
    empty = with_signals(card, none, gather(tape.log, tape.scenario, coding), coding)
    assert empty.overall is None and empty.decision == ""
