"""Rounds without code: the built-in interviewer asks, moves on by itself and ends when told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from interviewer.domain import events as ev
from interviewer.domain.phases import Kind, Phase
from interviewer.domain.scenario import Decision, FollowUp, Point, Scenario


def decision(name: str, question: str) -> Decision:
    reason = Point(text="it fits", aliases=(r"\bbecause\b",))
    return Decision(id=name, title=name, question=question, mentions=(rf"\b{name}\b",), reasons=(reason,))


def talking(kmeans: Scenario, kind: Kind) -> Scenario:
    return replace(
        kmeans,
        id="talking",
        kind=kind,
        title="Suggest artists",
        brief="We want to suggest artists to follow. How would you build it?",
        facts=kmeans.facts[:2],
        interjections=(),
        decisions=(
            decision("labels", "Which labels do you learn from?"),
            decision("cost", "What does it cost?"),
        ),
        follow_ups=(
            FollowUp(id="cold", question="What about a new artist?", points=()),
            FollowUp(id="drift", question="How do you notice that it got worse?", points=()),
        ),
        digest="",
    )


@pytest.mark.parametrize("kind", [Kind.CONCEPTS, Kind.SYSTEM_DESIGN])
async def test_a_round_without_code_is_held_to_its_end(
    take_seat: Callable[..., Any], kmeans: Scenario, kind: Kind
) -> None:
    seat = take_seat(made=talking(kmeans, kind))
    await seat.open()
    for _ in range(30):
        await seat.say("I would start from what is there and look at how it is used, day by day.")
        await seat.wait(60)
    assert seat.interview.state.ended is None
    await seat.say("No, that's all from me.")
    ended = seat.interview.state.ended
    assert ended is not None and ended.reason is ev.EndReason.INTERVIEWER
    assert sorted(e.follow_up for e in seat.log if isinstance(e, ev.FollowUpAsked)) == ["cold", "drift"]
    assert seat.phases == sorted(seat.phases, key=list(Phase).index)
    assert len(seat.phases) == (1 if kind is Kind.CONCEPTS else 5)
