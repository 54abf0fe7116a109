"""A brief's Markdown as calm text: paragraphs flow, code keeps its lines, marks become styles."""

from __future__ import annotations

import re

from textual.content import Content

from interviewer.tui.text import plain

_INLINE = re.compile(r"(`[^`\n]+`)|(\*\*[^*\n]+\*\*)")
_KEEPS_LINE = re.compile(r"\s*([-*•]|\d+[.)]|\||#)\s*")


def prose(text: str) -> Content:
    """Markdown text as content; only paragraphs, lists, headings, fences, bold and code are known."""
    lines: list[Content] = []
    flowing: list[str] = []

    def flush() -> None:
        if flowing:
            lines.append(inline(" ".join(flowing)))
            flowing.clear()

    fenced = False
    for raw in plain(text).strip().split("\n"):
        if raw.lstrip().startswith("```"):
            flush()
            fenced = not fenced
        elif fenced:
            lines.append(Content.styled(raw, "$accent"))
        elif not raw.strip():
            flush()
            lines.append(Content(""))
        elif raw.startswith("#"):
            flush()
            lines.append(Content.styled(raw.lstrip("# "), "bold"))
        elif _KEEPS_LINE.match(raw):
            flush()
            flowing.append(re.sub(r"^(\s*)[-*] ", r"\1• ", raw.rstrip()))
        else:
            flowing.append(raw.strip())
    flush()
    return Content("\n").join(lines)


def inline(text: str) -> Content:
    """One paragraph with `code` and **bold**."""
    parts: list[Content | str] = []
    at = 0
    for found in _INLINE.finditer(text):
        code, strong = found.groups()
        parts.append(text[at : found.start()])
        parts.append(Content.styled(code[1:-1], "$accent") if code else Content.styled(strong[2:-2], "bold"))
        at = found.end()
    return Content.assemble(*parts, text[at:])
