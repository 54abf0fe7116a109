"""Lets time act, once a second: the phase bar, notices that are due, interjections, the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from textual.worker import Worker

from interviewer.service.interview import Interview
from interviewer.tui.progress import progress
from interviewer.tui.speech import Speech, Utterance
from interviewer.tui.widgets.phase_bar import PhaseBar

TYPING = 3.0
"""Seconds after a key for which the candidate counts as typing."""


class Timekeeper:
    """Tells the interview that time passes; `time_up` is called once, when none is left."""

    def __init__(
        self, bar: PhaseBar, interview: Interview, speech: Speech, *, time_up: Callable[[], object]
    ) -> None:
        self._bar = bar
        self._interview = interview
        self._speech = speech
        self._time_up = time_up
        self._typed_at = 0.0
        self._gone = False

    @property
    def running(self) -> bool:
        """Whether time counts: neither paused nor over."""
        state = self._interview.state
        return state.ended is None and state.paused_at is None and not self._gone

    def draw(self) -> None:
        """Show the clock as it stands."""
        self._bar.progress = progress(self._interview)

    def typed(self) -> None:
        """Something was typed: nobody is interrupted then."""
        self._typed_at = time.monotonic()

    def tick(self) -> None:
        """A second has passed."""
        self.draw()
        if not self.running:
            return
        remaining = self._interview.clock().remaining
        if remaining is not None and remaining <= 0:
            self._gone = True
            self._time_up()
        elif self._speech.busy:
            _worker: Worker[None] = self._bar.run_worker(self._notices, group="notices", exclusive=True)
        else:
            typing = time.monotonic() - self._typed_at < TYPING
            # A moment later the time may be up: ending is for `time_up`, which takes the unsent line first.
            watch = partial(self._interview.watch, typing=typing, ends=False)
            self._speech.say(Utterance(watch, thinking=False))

    async def _notices(self) -> None:
        async for _ in self._interview.watch(typing=True, ends=False):
            pass
