"""Examples worked aloud: an input, what comes out, and where it was said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.domain.events import Act
from interviewer.scoring.evidence.text import numbers
from interviewer.scoring.evidence.view import LogView

_OUTCOME = re.compile(
    r"(?:\b(?:should (?:be|give|return|print|raise|come|end|get|have)|must (?:be|give|return|raise)"
    r"|expect(?:ed|ing|s)?|gives?|returns?|we get|i get|comes? out|equals?|is then|results? in"
    r"|raises?)\b|->|=>|==?)"
)
_INPUT = re.compile(
    r"[\[(]\s*-?\d|\b(?:for|with|when|if|take|given|say|suppose|input|example|try|trace|let)\b"
    r"|\w\s*=\s*[-\[(\d]"
)
_REASON = re.compile(r"\b(?:because|since|otherwise|so that)\b")
_LITERAL = re.compile(r"[\[(]\s*-?\d|\w\s*=\s*[-\[(\d]")
_WORD_OUTCOME = re.compile(r"\b(?:nan|none|empty|zeros?|valueerror|error|inf)\b", re.IGNORECASE)
_NO_TRACE = (Act.EXTRACTION, Act.SMALL_TALK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A worked example; `outcome` is the number or word it ends in."""

    seq: int
    text: str
    outcome: str


def traces(view: LogView) -> tuple[Trace, ...]:
    """Turns and comments that name an input and what it leads to; repetitions once.

    Only from the first real code on: before it, numbers restate the task rather than try the code.
    """
    if view.first_code is None:
        return ()
    first = view.first_code.seq
    found: dict[tuple[str, ...], Trace] = {}
    spoken = [
        (t.seq, " ".join(t.credited), t.text) for t in view.turns if t.seq > first and t.act not in _NO_TRACE
    ]
    written = [(c.seq, c.text, c.text) for c in view.comments if c.seq >= first]
    for seq, credited, text in (*spoken, *written):
        trace = _trace(seq, credited, text)
        if trace is not None:
            found.setdefault(numbers(credited), trace)
    return tuple(sorted(found.values(), key=lambda t: t.seq))


def _trace(seq: int, credited: str, text: str) -> Trace | None:
    lower = credited.lower()
    entered = _INPUT.search(lower)
    if entered is None or not numbers(credited):
        return None
    # What follows a "because" is a reason, not something worked through.
    reason = _REASON.search(lower, entered.start())
    until = reason.start() if reason else len(lower)
    marks = [m for m in _OUTCOME.finditer(lower) if entered.start() <= m.start() < until]
    for mark in reversed(marks):
        rest = credited[mark.end() : mark.end() + 60]
        word = _WORD_OUTCOME.search(rest)
        values = numbers(rest)
        before = numbers(credited[: mark.start()])
        # One number in passing is talk about a value; an example puts in two, or a literal list or argument.
        if (values or word) and (len(before) >= 2 or _LITERAL.search(lower[: mark.start()])):
            outcome = values[0] if values else (word.group().lower() if word else "")
            return Trace(seq=seq, text=credited if credited in text else text, outcome=outcome)
    return None
