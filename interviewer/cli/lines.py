"""Where the lines of a line-based session come from."""

from __future__ import annotations

import asyncio
import codecs
import os
import select
import sys
from collections.abc import Iterable, Iterator
from typing import Protocol


class Lines(Protocol):
    """A source of lines. `interactive` tells whether a person is waiting for a prompt."""

    interactive: bool

    async def next(self, patience: float) -> str | None:
        """The next line without its end; None at the end of input.

        Raises TimeoutError when none came within `patience` seconds; nothing is lost then.
        """
        ...


class GivenLines:
    """Lines known beforehand."""

    interactive = False

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines: Iterator[str] = iter(lines)

    async def next(self, patience: float) -> str | None:
        """The next line."""
        return next(self._lines, None)


class StandardInput:
    """Lines of this process's standard input: a terminal, a pipe or a file."""

    def __init__(self) -> None:
        self.interactive = sys.stdin.isatty()
        self._descriptor = sys.stdin.fileno()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._buffer = ""
        self._ended = False

    async def next(self, patience: float) -> str | None:
        """The next line."""
        while "\n" not in self._buffer and not self._ended:
            if not await asyncio.to_thread(self._ready, patience):
                raise TimeoutError
            data = await asyncio.to_thread(os.read, self._descriptor, 65536)
            self._ended = not data
            self._buffer += self._decoder.decode(data, final=self._ended)
        if "\n" in self._buffer:
            line, _, self._buffer = self._buffer.partition("\n")
            return line.removesuffix("\r")
        line, self._buffer = self._buffer, ""
        return line or None

    def _ready(self, patience: float) -> bool:
        if sys.platform == "win32":
            # Windows cannot wait for a console with a time limit: the clock is then told at each line.
            return True
        return bool(select.select([self._descriptor], [], [], patience)[0])
