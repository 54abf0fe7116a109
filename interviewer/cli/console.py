"""Plain lines for people: no colour, no cursor tricks, nothing a terminal would obey."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

# Escape sequences first, then what is left of C0 and C1, and the marks that reorder a line.
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def safe(text: str) -> str:
    """Foreign text without anything a terminal would obey; line ends and tabs stay."""
    text = _SEQUENCE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text)


def print_json(document: Any) -> None:
    """One JSON document on stdout."""
    print(json.dumps(document, indent=2, allow_nan=False, ensure_ascii=False))


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Aligned columns, two spaces apart."""
    cells = [list(header), *([safe(" ".join(cell.split())) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


class Console:
    """Writes a session as it happens: replies piece by piece, everything else line by line.

    `reply` is the interviewer's last reply as it was written.
    """

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out if out is not None else sys.stdout
        self._in_reply = False
        self._held = ""
        self.reply = ""

    def piece(self, text: str) -> None:
        """A piece of the interviewer's reply; the first of a reply is announced."""
        # An escape sequence may be cut in two by the stream: hold it back until it is whole.
        text, self._held = self._held + text, ""
        escape = text.rfind("\x1b")
        if escape >= 0 and not _SEQUENCE.match(text, escape) and len(text) - escape < 64:
            text, self._held = text[:escape], text[escape:]
        text = safe(text)
        if not text:
            return
        if not self._in_reply:
            text = text.lstrip()
            self._in_reply = True
            self.reply = ""
            self._write("interviewer: ")
        self.reply += text
        self._write(text)

    def end_reply(self) -> None:
        """The reply is complete."""
        self._held = ""
        if self._in_reply:
            self._in_reply = False
            self._write("\n")

    def line(self, text: str = "") -> None:
        """A line of its own."""
        self.end_reply()
        self._write(safe(text) + "\n")

    def prompt(self, text: str) -> None:
        """A prompt that the answer follows on the same line."""
        self.end_reply()
        self._write(text)

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
