"""The citation check, against a reference that knows nothing of scorecards, and with planted faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.domain import events as ev
from interviewer.domain.rubric import Level, Rubric
from interviewer.domain.scorecard import Claim, Mistake, SignalRating
from interviewer.scoring import RulesRater, resolves, verify

Make = Callable[..., Any]


def test_nothing_of_an_honest_scorecard_is_dropped(strong: Make, coding: Rubric) -> None:
    tape = strong(failing=frozenset({"empty_cluster"}))
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    assert card.dropped_claims == 0 and verify(card, tape.log) == card


@pytest.mark.parametrize(
    "fault",
    [
        Claim(text="no event"),
        Claim(text="an event that is not there", events=(10_000,)),
        Claim(text="one of two is not there", events=(4, 10_000)),
        Claim(text="a quote nobody said", events=(4,), quote="I never said this"),
        Claim(text="a quote in other case", events=(4,), quote="WHAT IS X EXACTLY"),
        Claim(text="said, but elsewhere", events=(4,), quote="Who chooses the number of groups k"),
    ],
    ids=lambda c: c.text,
)
def test_a_planted_claim_is_dropped_and_counted(fault: Claim, strong: Make, coding: Rubric) -> None:
    tape = strong()
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    first, *rest = card.signals
    lie = replace(first, reasons=(fault, *first.reasons))
    mistake = Mistake(id="x", title="x", claim=fault, inference="", avoidance="")
    checked = verify(replace(card, signals=(lie, *rest), mistakes=(mistake,)), tape.log)
    assert checked.signals == card.signals and checked.mistakes == ()
    assert checked.dropped_claims == 2


def test_a_rating_left_without_a_reason_is_not_assessed(strong: Make, coding: Rubric) -> None:
    tape = strong()
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    bare = SignalRating(
        signal="rationale", title="Rationale", rating=Level.STRONG, reasons=(Claim(text="because I say so"),)
    )
    checked = verify(replace(card, signals=(bare,)), tape.log)
    assert checked.signals[0].rating is None and checked.signals[0].not_assessed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(data=st.data())
def test_a_quote_resolves_exactly_when_it_stands_in_a_cited_text(data: st.DataObject) -> None:
    texts = data.draw(st.lists(st.text(max_size=12), min_size=1, max_size=4))
    events = {n: ev.CandidateSaid(seq=n, at=0.0, text=text) for n, text in enumerate(texts, 1)}
    cited = tuple(data.draw(st.lists(st.integers(1, len(texts) + 1), max_size=3)))
    quote = data.draw(st.one_of(st.text(max_size=4), st.sampled_from(texts)))
    expected = (
        bool(cited) and max(cited) <= len(texts) and (not quote or any(quote in texts[n - 1] for n in cited))
    )
    assert resolves(Claim(text="c", events=cited, quote=quote), events) is expected
