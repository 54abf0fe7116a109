"""Syntax colours that suit the two themes; backgrounds and cursor come from the stylesheet."""

from __future__ import annotations

from rich.style import Style
from textual.widgets.text_area import TextAreaTheme

_DARK = {
    "quiet": "#6f7d93",
    "string": "#a8d8a4",
    "number": "#f2b48b",
    "keyword": "#c3a6ff",
    "function": "#82aaff",
    "type": "#f2cf8d",
    "builtin": "#7fd1d8",
}
_LIGHT = {
    "quiet": "#85817a",
    "string": "#2c6e3f",
    "number": "#9a4d12",
    "keyword": "#7440a0",
    "function": "#2457a6",
    "type": "#8a5a00",
    "builtin": "#12707a",
}


def _syntax(name: str, palette: dict[str, str]) -> TextAreaTheme:
    def colour(role: str, *, italic: bool | None = None, bold: bool | None = None) -> Style:
        return Style(color=palette[role], italic=italic, bold=bold)

    return TextAreaTheme(
        name=name,
        syntax_styles={
            "comment": colour("quiet", italic=True),
            "string": colour("string"),
            "string.documentation": colour("string", italic=True),
            "number": colour("number"),
            "float": colour("number"),
            "boolean": colour("number"),
            "constant.builtin": colour("number"),
            "keyword": colour("keyword"),
            "keyword.function": colour("keyword"),
            "keyword.return": colour("keyword"),
            "keyword.operator": colour("keyword"),
            "conditional": colour("keyword"),
            "repeat": colour("keyword"),
            "exception": colour("keyword"),
            "include": colour("keyword"),
            "operator": colour("quiet"),
            "function": colour("function"),
            "function.call": colour("function"),
            "method": colour("function"),
            "method.call": colour("function"),
            "type": colour("type"),
            "class": colour("type"),
            "type.class": colour("type"),
            "type.builtin": colour("builtin"),
            "variable.builtin": colour("builtin"),
            "function.builtin": colour("builtin"),
        },
    )


DARK = _syntax("interviewer-dark", _DARK)
LIGHT = _syntax("interviewer-light", _LIGHT)
