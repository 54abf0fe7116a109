"""The conversation a model is sent, rebuilt from the log's lines for every reply: no memory of its own.

Whatever happened before (a cancelled reply, a crash, two lines in a row by one person), the result
alternates strictly, begins and ends with the user's side, and holds no unanswered tool call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from interviewer.dialogue.faults import BROKEN_OFF
from interviewer.domain.transcript import Line, Speaker

MAX_LINE = 6_000
_LEFT_OUT = "<note>\n{count} earlier lines of the conversation are left out here.\n</note>"


class Side(Enum):
    """Whose message it is, as chat models call it."""

    USER = "user"
    MODEL = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the conversation."""

    side: Side
    text: str


def as_data(text: str, tag: str) -> str:
    """Foreign text between tags it cannot close: a look-alike tag inside is broken up."""
    inner = re.sub(r"<(?=\s*/?\s*(?:candidate|code|output|note|brief|interviewer|comments)\b)", "< ", text,
                   flags=re.IGNORECASE)  # fmt: skip
    return f"<{tag}>\n{inner}\n</{tag}>"


def clip(text: str, limit: int) -> str:
    """`text`, or its head and tail with the number of characters left out between them."""
    if len(text) <= limit:
        return text
    head, tail = limit * 2 // 3, limit // 3
    return f"{text[:head]}\n[{len(text) - head - tail} characters left out]\n{text[-tail:]}"


def conversation(
    lines: Sequence[Line],
    *,
    sheet: str,
    note: str,
    budget: int,
    count: Callable[[str], int],
) -> tuple[Message, ...]:
    """`sheet`, the lines, and `note` at the very end, within `budget` tokens by leaving out old lines.

    The sheet, the note and the last line always stay.
    """
    spoken = [m for m in (_message(line) for line in lines) if m is not None]
    left = budget - count(sheet) - count(note)
    kept: list[Message] = []
    for message in reversed(spoken):
        left -= count(message.text) + 4
        if kept and left < 0:
            break
        kept.append(message)
    kept.reverse()
    dropped = len(spoken) - len(kept)
    gap = [Message(Side.USER, _LEFT_OUT.format(count=dropped))] if dropped else []
    return merged([Message(Side.USER, sheet), *gap, *kept, Message(Side.USER, note)])


def merged(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Neighbours of one side joined."""
    out: list[Message] = []
    for message in messages:
        if out and out[-1].side is message.side:
            out[-1] = Message(message.side, f"{out[-1].text}\n\n{message.text}")
        else:
            out.append(message)
    return tuple(out)


def _message(line: Line) -> Message | None:
    text = line.text.replace(BROKEN_OFF, "").strip()
    if not text:
        return None
    match line.speaker:
        case Speaker.CANDIDATE:
            return Message(Side.USER, as_data(clip(text, MAX_LINE), "candidate"))
        case Speaker.INTERVIEWER:
            return Message(Side.MODEL, f"{text} …" if line.interrupted else text)
        case Speaker.NOTE:
            return Message(Side.USER, f"<note>\n{text}\n</note>")
