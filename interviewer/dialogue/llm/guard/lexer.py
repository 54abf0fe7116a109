"""Cut a stream of characters into atoms: words, spaces, single marks, inline code and code blocks.

An atom is given out only when the following character has shown that it is whole, so the atoms of
a text are the same however the text arrives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_FENCE = 3
# Terminal controls and marks that reorder text have no place in an interviewer's line.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Form(Enum):
    """What an atom is."""

    WORD = "word"
    SPACE = "space"
    MARK = "mark"
    INLINE = "inline"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of text; for code, `body` is what stands between the ticks."""

    form: Form
    raw: str
    body: str = ""


def printable(text: str) -> str:
    """`text` without control characters, one by one, so that cutting it changes nothing."""
    return _UNPRINTABLE.sub("", text)


class Lexer:
    """Feed it text; it yields whole atoms. `finish` gives the rest, ending open code where it stands."""

    def __init__(self) -> None:
        self._raw = ""
        self._form: Form | None = None
        self._ticks = 0
        self._tick = "`"
        self._opening = False
        self._closing = 0

    def feed(self, text: str) -> list[Atom]:
        """Atoms completed by `text`."""
        atoms: list[Atom] = []
        for char in text:
            self._take(char, atoms)
        return atoms

    def finish(self) -> list[Atom]:
        """What is left."""
        atoms: list[Atom] = []
        if self._opening:
            self._opening = False
            self._form = Form.BLOCK if self._ticks >= _FENCE else Form.INLINE
        self._flush(atoms)
        return atoms

    def _take(self, char: str, atoms: list[Atom]) -> None:
        if self._form in (Form.INLINE, Form.BLOCK):
            self._in_code(char, atoms)
            return
        if char == "`":
            self._flush(atoms)
            self._raw, self._ticks, self._opening, self._closing = char, 1, True, 0
            self._form = Form.INLINE
            return
        form = _form(char)
        # Letters and digits grow together, and so do spaces up to the end of a line; marks stand alone.
        if form is not self._form or form is Form.MARK or self._raw.endswith("\n"):
            self._flush(atoms)
        self._form = form
        self._raw += char

    def _in_code(self, char: str, atoms: list[Atom]) -> None:
        if self._opening:
            if char == "`":
                self._ticks += 1
                self._raw += char
                return
            self._opening = False
            self._form = Form.BLOCK if self._ticks >= _FENCE else Form.INLINE
        if self._closing >= self._ticks and char != "`":
            self._flush(atoms)
            self._take(char, atoms)
            return
        if self._form is Form.INLINE and char == "\n":
            # Inline code that nobody closed ends with its line.
            self._flush(atoms)
            self._take(char, atoms)
            return
        self._raw += char
        self._closing = self._closing + 1 if char == "`" else 0

    def _flush(self, atoms: list[Atom]) -> None:
        if self._raw and self._form is not None:
            body = ""
            if self._form in (Form.INLINE, Form.BLOCK):
                body = self._raw[self._ticks :]
                if self._closing >= self._ticks:
                    body = body[: -self._closing]
            atoms.append(Atom(self._form, self._raw, body))
        self._raw, self._form, self._ticks, self._closing = "", None, 0, 0


def _form(char: str) -> Form:
    if char.isspace():
        return Form.SPACE
    return Form.WORD if char.isalnum() or char == "_" else Form.MARK
