"""The line-based session over the real service, where only the interviewer or the lines are made up."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from interviewer.cli.compose import compose, open_home
from interviewer.cli.console import Console
from interviewer.cli.lines import GivenLines
from interviewer.cli.plain import Outcome, PlainSession
from interviewer.domain import events as ev
from interviewer.errors import ModelError
from interviewer.ports import Desk, InterviewView, Occasion
from interviewer.service.clocks import SimulatedClock
from interviewer.service.interview import Interview
from interviewer.service.service import InterviewService
from interviewer.storage import MemoryStore


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: SimulatedClock
) -> Iterator[InterviewService]:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    made = compose(open_home(), store=MemoryStore(), clock=clock)
    yield made
    made.close()


@pytest.fixture
def interview(service: InterviewService) -> Iterator[Interview]:
    held = service.start("kmeans_lloyd", seed=1)
    yield held
    held.close()


class Typed(GivenLines):
    """Lines of somebody at a terminal."""

    interactive = True


def session(
    service: InterviewService, interview: Interview, lines: GivenLines, clock: SimulatedClock | None = None
) -> tuple[PlainSession, io.StringIO]:
    out = io.StringIO()
    made = PlainSession(
        interview, rubric=service.ports.library.rubric("ml_coding"), lines=lines, console=Console(out),
        report=lambda held, card: f"REPORT {card.scenario}", simulated=clock,
    )  # fmt: skip
    return made, out


class Endless:
    """Its opening goes on until it is stopped."""

    name = "endless"

    def __init__(self) -> None:
        self.speaking = asyncio.Event()

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        if view.occasion is not Occasion.OPENING:
            return
        yield "Well, "
        self.speaking.set()
        await asyncio.sleep(3600)
        yield "never"


class Failing:
    """Breaks off with a model's error."""

    name = "failing"

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        yield "I think"
        raise ModelError("the model is gone", remedy="try again")


async def test_an_interrupt_stops_a_reply_and_not_the_session(
    service: InterviewService, interview: Interview
) -> None:
    voice = Endless()
    interview.change_interviewer(voice, "test")
    held, out = session(service, interview, Typed(["/time", "/quit"]))
    task = asyncio.create_task(held.hold())
    await voice.speaking.wait()
    task.cancel()
    assert await task is Outcome.KEPT
    assert "interviewer: Well, \nnote: the reply was stopped\n" in out.getvalue()
    said = [event for event in interview.log if isinstance(event, ev.InterviewerSaid)]
    assert [(event.text, event.interrupted) for event in said] == [("Well,", True)]


async def test_an_interrupt_of_a_script_ends_it(service: InterviewService, interview: Interview) -> None:
    voice = Endless()
    interview.change_interviewer(voice, "test")
    held, _ = session(service, interview, GivenLines(["/time"]))
    task = asyncio.create_task(held.hold())
    await voice.speaking.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_model_that_fails_is_a_note_and_the_session_goes_on(
    service: InterviewService, interview: Interview
) -> None:
    interview.change_interviewer(Failing(), "test")
    held, out = session(service, interview, GivenLines(["What is X?", "/time"]))
    assert await held.hold() is Outcome.KEPT
    assert out.getvalue().count("interviewer: I think\nnote: the model is gone; try again\n") >= 2
    assert "time: " in out.getvalue()


async def test_the_person_rates_themselves_before_the_reveal(
    service: InterviewService, interview: Interview, clock: SimulatedClock
) -> None:
    held, out = session(
        service, interview, GivenLines(["/wait 30s", "Hm.", "/end", "good", "4 3 2 1"]), clock
    )
    assert await held.hold() is Outcome.RATED
    assert out.getvalue().index("rate yourself") < out.getvalue().index("REPORT kmeans_lloyd")
    assert "that is no rating of 4 signals" in out.getvalue()
    kinds = [event.kind for event in interview.log]
    assert kinds.index("self_rated") < kinds.index("scored")


async def test_an_ended_session_that_was_never_rated_is_rated_when_resumed(
    service: InterviewService, interview: Interview
) -> None:
    async for _ in interview.end():
        pass
    interview.close()
    again = service.resume(interview.session)
    held, out = session(service, again, GivenLines([""]))
    assert await held.hold() is Outcome.RATED
    assert "REPORT" in out.getvalue()
    again.close()
