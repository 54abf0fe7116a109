"""Some local models write their thoughts into the reply between <think> tags; nobody should hear them."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


class Thoughts:
    """Removes thoughts from a stream; what it lets through does not depend on how the stream is cut."""

    def __init__(self) -> None:
        self._buffer = ""
        self._inside = False

    def feed(self, text: str) -> str:
        """The part that is meant to be heard and is certain to be so."""
        self._buffer += text
        heard: list[str] = []
        while True:
            tag = _CLOSE if self._inside else _OPEN
            before, found, after = self._buffer.partition(tag)
            if not found:
                keep = _overlap(self._buffer, tag)
                if not self._inside:
                    heard.append(self._buffer[: len(self._buffer) - keep])
                self._buffer = self._buffer[len(self._buffer) - keep :]
                return "".join(heard)
            if not self._inside:
                heard.append(before)
            self._buffer, self._inside = after, not self._inside

    def finish(self) -> str:
        """The rest: a tag that was begun and never came is text after all."""
        rest, self._buffer = self._buffer, ""
        return "" if self._inside else rest


def _overlap(text: str, tag: str) -> int:
    """How many characters at the end of `text` could be the beginning of `tag`."""
    for size in range(min(len(text), len(tag) - 1), 0, -1):
        if tag.startswith(text[-size:]):
            return size
    return 0
