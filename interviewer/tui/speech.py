"""One voice at a time: what the interviewer says, streamed into the chat, and stopped by Esc."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from interviewer.errors import CommandRefused, InterviewerError
from interviewer.tui.widgets.chat import ChatLog

Stream = Callable[[], AsyncGenerator[str, None]]
FRAME = 0.05


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something the interviewer is to say; `thinking` shows at once that it is on its way."""

    stream: Stream
    thinking: bool = True
    on_refused: Callable[[CommandRefused], None] | None = None


class Speech:
    """Plays utterances in order; only the newest pieces are drawn, at most twenty times a second."""

    def __init__(
        self,
        chat: ChatLog,
        name: Callable[[], str],
        *,
        refused: Callable[[str], None],
        failed: Callable[[str], None],
        spoken: Callable[[], None],
    ) -> None:
        self._chat = chat
        self._name = name
        self._refused = refused
        self._failed = failed
        self._spoken = spoken
        self._queue: asyncio.Queue[Utterance] = asyncio.Queue()
        self._current: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being said or waits to be."""
        return self._current is not None or not self._queue.empty()

    @property
    def speaking(self) -> bool:
        """Whether something is being said now."""
        return self._current is not None

    def say(self, utterance: Utterance) -> None:
        """Put it in the queue."""
        if utterance.thinking and not self.busy:
            self._chat.begin(self._name())
        self._queue.put_nowait(utterance)

    def stop(self) -> bool:
        """Stop what is being said; False when it was quiet."""
        if self._current is None:
            return False
        self._current.cancel()
        return True

    async def quiet(self) -> None:
        """Stop what is being said and wait until it has stopped; forget what waits."""
        while not self._queue.empty():
            self._queue.get_nowait()
        current = self._current
        if current is not None:
            current.cancel()
            await asyncio.wait({current})

    async def run(self) -> None:
        """Play the queue until cancelled."""
        try:
            while True:
                utterance = await self._queue.get()
                self._current = asyncio.create_task(self.play(utterance))
                await asyncio.wait({self._current})
                self._current = None
                self._spoken()
        finally:
            if self._current is not None:
                self._current.cancel()

    async def play(self, utterance: Utterance) -> None:
        """Say one utterance to its end."""
        chat = self._chat
        if utterance.thinking:
            chat.begin(self._name())
        text, drawn = "", 0.0
        try:
            async with aclosing(utterance.stream()) as pieces:
                async for piece in pieces:
                    if chat.live is None:
                        chat.begin(self._name())
                    text += piece
                    now = time.monotonic()
                    if now - drawn >= FRAME:
                        chat.grow(text)
                        drawn = now
                        await asyncio.sleep(0)
        except CommandRefused as error:
            if utterance.on_refused is not None:
                utterance.on_refused(error)
            else:
                self._refused(str(error))
        except InterviewerError as error:
            self._failed(str(error))
        finally:
            # The log's own line has taken the live one's place by now, if anything was said.
            chat.drop_live()
