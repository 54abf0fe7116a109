"""A model interviews: it gets ready after the first paint, fails, and is handed back the word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from interviewer.dialogue.failover import FailoverInterviewer
from interviewer.errors import ModelError
from interviewer.ports import Desk, InterviewView
from interviewer.tui.start import StartRequest


class Slow:
    """Needs a moment to get ready; notes how often it had spoken by then."""

    name = "slow"

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.heard_before: list[int] = []

    async def warm(self) -> None:
        await asyncio.sleep(0.3)
        self.heard_before.append(len(self.inner.heard))

    def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        pieces: AsyncIterator[str] = self.inner.respond(view, desk)
        return pieces


async def test_a_slow_interviewer_gets_ready_once_and_before_it_speaks(
    stage: Any, warm_up: StartRequest, voice: Any
) -> None:
    inner = voice(pieces=("Hello.",))
    stage.voice = slow = Slow(inner)
    async with stage.open(warm_up) as play:
        await play.until(lambda: "Hello." in play.said)
        assert slow.heard_before == [0]
        assert inner.heard


async def test_a_failing_model_is_replaced_and_handed_back_the_word(
    stage: Any, warm_up: StartRequest, voice: Any
) -> None:
    model = voice(pieces=("model here",), name="big-model")
    stage.voice = FailoverInterviewer(model, voice(pieces=("built-in here",), name="offline"), failures=1)
    async with stage.open(warm_up, size=(160, 40)) as play:
        await play.until(lambda: "model here" in play.said)
        assert "interviewer: big-model" in play.screen_text
        await play.say("/model")
        await play.until(lambda: "big-model is speaking already" in play.screen_text)
        model.fails, model.pieces = ModelError("the model did not answer"), ()
        await play.say("hm")
        await play.until(lambda: "▲ interviewer: offline for the model, /model" in play.screen_text)
        await play.until(lambda: "built-in here" in play.said)
        offered = {command.title for command in play.app.get_system_commands(play.app.screen)}
        assert "Hand back to the model" in offered
        model.fails, model.pieces = None, ("back again",)
        await play.say("/model")
        await play.until(lambda: "interviewer: big-model" in play.screen_text)
        await play.say("And now?")
        await play.until(lambda: "back again" in play.said)


async def test_without_a_model_nothing_is_offered_to_hand_back(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        offered = {command.title for command in play.app.get_system_commands(play.app.screen)}
        assert "Hand back to the model" not in offered
        await play.say("/model")
        await play.until(lambda: "there is no /model" in play.screen_text)
