"""What a judge reads of a session: numbered lines with the candidate's words fenced as data."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Sequence

from interviewer.domain import events as ev
from interviewer.domain.transcript import note_text

MAX_RECORD = 60_000
MAX_LINE = 3_000
MAX_CODE = 12_000
_TAG = re.compile(r"<(?=\s*/?\s*(?:candidate|code|comments|brief|note|output)\b)", re.IGNORECASE)


def fenced(text: str, tag: str) -> str:
    """Foreign text between tags it cannot close."""
    return f"<{tag}>{broken(text)}</{tag}>"


def broken(text: str) -> str:
    """Text in which no tag of ours can be found."""
    return _TAG.sub("< ", text)


def record(log: Sequence[ev.SessionEvent], limit: int = MAX_RECORD) -> str:
    """The session as numbered lines; the middle is left out when it is longer than `limit` characters."""
    lines = [line for line in (_line(event) for event in log) if line]
    size = sum(len(line) + 1 for line in lines)
    if size <= limit:
        return "\n".join(lines)
    head: list[str] = []
    tail: list[str] = []
    room, front = limit, True
    while lines and room > 0:
        line = lines.pop(0) if front else lines.pop()
        (head if front else tail).append(line)
        room -= len(line) + 1
        front = not front
    return "\n".join([*head, f"[{len(lines)} lines left out]", *reversed(tail)])


def _line(event: ev.SessionEvent) -> str:
    match event:
        case ev.CandidateSaid():
            return f"[{event.seq}] Candidate: {fenced(_clip(event.text), 'candidate')}"
        case ev.InterviewerSaid():
            return f"[{event.seq}] Interviewer: {broken(_clip(event.text))}"
        case ev.CodeChanged():
            return f"[{event.seq}] (the candidate changed the code)"
        case ev.ModelCalled() | ev.LeakBlocked():
            return ""
        case _:
            note = note_text(event)
            return f"[{event.seq}] ({broken(note)})" if note else ""


def _clip(text: str) -> str:
    return text if len(text) <= MAX_LINE else text[:MAX_LINE] + " [rest left out]"


def split_comments(source: str) -> tuple[str, str]:
    """Code without comments and docstrings, and those on their own; what cannot be read stays as it is."""
    comments: list[str] = []
    rows = source.splitlines(keepends=True)
    cuts: list[tuple[int, int, int, int]] = []
    fresh = True
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            alone = token.type == tokenize.STRING and fresh
            if token.type == tokenize.COMMENT or alone:
                comments.append(token.string)
                cuts.append((*token.start, *token.end))
            if token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.NL):
                fresh = True
            elif token.type != tokenize.COMMENT:
                fresh = False
    except (tokenize.TokenError, SyntaxError):
        found = re.findall(r"#.*", source)
        return re.sub(r"#.*", "", source)[:MAX_CODE], "\n".join(found)[:MAX_CODE]
    for row, column, end_row, end_column in reversed(cuts):
        rest = rows[end_row - 1][end_column:]
        rows[row - 1 : end_row] = [rows[row - 1][:column] + rest]
    code = "".join(row for row in rows if row.strip())
    return code[:MAX_CODE], "\n".join(comments)[:MAX_CODE]
