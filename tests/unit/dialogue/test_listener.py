"""The listener takes its context from the view: pasted rubrics, pending questions, keywords, families."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from interviewer.dialogue.offline import ScenarioListener
from interviewer.dialogue.offline.listener import matcher_for, shipped_rubrics
from interviewer.domain.events import Act
from interviewer.domain.phases import Phase
from interviewer.domain.scenario import Scenario
from interviewer.ports import Occasion


async def test_pasted_rubric_text_earns_nothing(take_seat: Callable[..., Any], kmeans: Scenario) -> None:
    seat = take_seat()
    rubric = (
        "Asks relevant questions about the input, what happens to an empty cluster, and the stopping rule."
    )
    listener = ScenarioListener(kmeans, guarded=(rubric,))
    view = seat.interview.view(Occasion.TURN)
    pasted = "asks relevant questions about the input, what happens to an empty cluster?"
    assert not any(s.credited for s in listener.understand(pasted, view).segments)
    own = "What happens to an empty cluster?"
    assert all(s.credited for s in listener.understand(own, view).segments)


def test_the_shipped_rubrics_are_guarded(kmeans: Scenario) -> None:
    assert all(isinstance(text, str) for text in shipped_rubrics())


async def test_a_reply_to_a_probe_is_an_answer(take_seat: Callable[..., Any], good_code: str) -> None:
    seat = take_seat()
    await seat.open()
    await seat.say("What does X look like?")
    seat.code(good_code)
    await seat.go_to(Phase.TEST)
    await seat.say("Two pairs of points, and I expect the labels 0 0 1 1.")
    acts = [e.act for e in seat.log if e.kind == "turn_classified"]
    assert acts == [Act.QUESTION, Act.ANSWER]


def test_a_matcher_is_built_once_for_a_digest(kmeans: Scenario) -> None:
    assert matcher_for(kmeans) is matcher_for(kmeans)
