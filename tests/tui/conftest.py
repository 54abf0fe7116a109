"""The app on the real service, content, executor, dialogue, rater and store, in a temporary home."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from interviewer.cli.compose import Home, compose, make_executor
from interviewer.config import places
from interviewer.domain.rubric import Seniority
from interviewer.errors import ModelError
from interviewer.ports import Clock, Desk, Executor, Interviewer, InterviewView, Occasion
from interviewer.reports import render
from interviewer.service.clocks import MonotonicClock, SimulatedClock
from interviewer.service.service import InterviewService
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.start import Defaults, Look, Request, StartRequest
from interviewer.tui.widgets.chat import ChatLog
from interviewer.tui.widgets.editor import CodeEditor
from interviewer.tui.widgets.reply import ReplyInput
from interviewer.tui.widgets.results import Results

RIGHT = """
def mse_rmse(y_true, y_pred):
    import numpy as np
    t, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if t.size == 0 or t.shape != p.shape:
        raise ValueError("need equally long, non-empty inputs")
    mse = float(((t - p) ** 2).mean())
    return mse, mse ** 0.5
"""


@dataclass
class Voice:
    """An interviewer a test scripts: pieces, a pause before each, and a failure at the end."""

    pieces: tuple[str, ...] = ("Fine.",)
    pause: float = 0.0
    fails: ModelError | None = None
    name: str = "scripted"
    heard: list[Occasion] = field(default_factory=list)

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        self.heard.append(view.occasion)
        if view.occasion not in (Occasion.OPENING, Occasion.TURN, Occasion.CLOSING):
            return
        for piece in self.pieces:
            if self.pause:
                await asyncio.sleep(self.pause)
            yield piece
        if self.fails is not None:
            raise self.fails


@dataclass
class Stage:
    """One home folder; apps can be opened in it one after the other."""

    home: Home
    executor: Executor
    clock: Clock = field(default_factory=MonotonicClock)
    voice: Interviewer | None = None
    voice_for: Callable[[str], Interviewer] | None = None
    ids: int = 0

    def service(self) -> InterviewService:
        made = compose(self.home, clock=self.clock, executor=self.executor)

        def new_id() -> str:
            self.ids += 1
            return f"sess{self.ids:04}"

        ports = replace(made.ports, new_id=new_id, now_iso=lambda: "2026-01-01T09:30:00Z")
        if (build := self.voice_for) is not None:
            ports = replace(ports, interviewer=lambda name, scenario, seed: build(name))
        if self.voice is not None:
            voice = self.voice
            ports = replace(ports, interviewer=lambda name, scenario, seed: voice)
        return InterviewService(ports)

    @asynccontextmanager
    async def open(
        self,
        request: Request | None = None,
        *,
        size: tuple[int, int] = (120, 40),
        look: Look | None = None,
        defaults: Defaults | None = None,
    ) -> AsyncGenerator[Play]:
        """Run the app; on the way out it leaves as Ctrl+Q does."""
        app = InterviewerApp(self.service, request, look=look, defaults=defaults, render_report=render)
        async with app.run_test(size=size, notifications=True) as pilot:
            play = Play(app, pilot)
            await play.until(lambda: app._service is not None)
            if isinstance(request, StartRequest):
                await play.until(lambda: bool(play.chat.plain_lines))
            yield play
            if app.is_running:
                await app.run_action("leave")
        # The executor outlives the app here, so only the store is closed.
        if app._service is not None:
            app._service.ports.store.close()


@dataclass
class Play:
    """A running app with shorthands for what a person does and sees."""

    app: InterviewerApp
    pilot: Pilot[None]

    async def until(self, true: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while True:
            await self.pilot.pause(0.02)
            try:
                if true():
                    return
            except Exception:
                # What is asked about may not be mounted yet.
                if time.monotonic() > end:
                    raise
            assert time.monotonic() < end, f"waited {seconds} s in vain on\n{self.screen_text}"

    @property
    def interview(self) -> InterviewScreen:
        found = next(s for s in self.app.screen_stack if isinstance(s, InterviewScreen))
        return found

    @property
    def chat(self) -> ChatLog:
        return self.interview.query_one(ChatLog)

    @property
    def editor(self) -> CodeEditor:
        return self.interview.query_one(CodeEditor)

    @property
    def reply(self) -> ReplyInput:
        return self.interview.query_one(ReplyInput)

    @property
    def results(self) -> Results:
        return self.interview.query_one(Results)

    @property
    def said(self) -> str:
        return "\n".join(self.chat.plain_lines)

    @property
    def screen_text(self) -> str:
        """The screen as plain text."""
        width, height = self.app.size
        rows = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip()[:width] for strip in rows[:height])

    async def say(self, text: str) -> None:
        """Type a line and send it."""
        self.reply.focus()
        self.reply.text = text
        await self.pilot.pause()
        await self.pilot.press("enter")
        await self.pilot.pause()


@pytest.fixture(scope="session")
def executor() -> Iterator[Executor]:
    made = make_executor()
    made.warm()
    yield made
    made.close()


class _EveryLayer:
    """An executor that reports all of its layers on, whatever this machine has."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._executor, name)

    def sandbox(self) -> dict[str, str]:
        return dict.fromkeys(self._executor.sandbox(), "on")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(places({"INTERVIEWER_HOME": str(tmp_path)}))


@pytest.fixture
def stage(home: Home, executor: Executor) -> Stage:
    return Stage(home, executor)


@pytest.fixture
def still(stage: Stage) -> Stage:
    """A stage whose session time stands until a test moves it, and where every sandbox layer is installed."""
    stage.clock = SimulatedClock()
    stage.executor = cast(Executor, _EveryLayer(stage.executor))
    return stage


@pytest.fixture
def warm_up() -> StartRequest:
    return StartRequest(scenario="mse_rmse", seniority=Seniority.MID, seed=1)


@pytest.fixture
def right_code() -> str:
    return RIGHT


@pytest.fixture
def voice() -> type[Voice]:
    return Voice


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the stored screens anew")
