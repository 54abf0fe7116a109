"""Making foreign text safe to put on a screen."""

from __future__ import annotations

import re

# Escape sequences first, then what is left of C0 and C1, and the marks that reorder a line.
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(text: str) -> str:
    """`text` without anything a terminal would obey; tabs become four spaces, line ends line feeds."""
    text = _SEQUENCE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text).replace("\t", "    ")


def one_line(text: str, width: int = 0) -> str:
    """The text on one line, cut with an ellipsis when it is longer than `width` (0: uncut)."""
    line = " ".join(plain(text).split())
    return line if not width or len(line) <= width else line[: max(0, width - 1)] + "…"


def count(number: int, noun: str) -> str:
    """`1 test`, `2 tests`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
