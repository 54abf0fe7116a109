"""The code editor: a text area that knows how Python is typed."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

INDENT = 4
_LEAVES_BLOCK = re.compile(r"\s*(return|pass|break|continue|raise)\b")
_COMMENT = re.compile(r"^(\s*)# ?")


def indent_after(line: str) -> int:
    """Columns the line after `line` starts at: deeper after a colon, shallower after leaving a block."""
    width = len(line) - len(line.lstrip(" "))
    code = _without_comment(line).rstrip()
    if code.endswith(":"):
        return width + INDENT
    if _LEAVES_BLOCK.match(code) and not code.endswith(("(", "[", "{", ",", "\\")):
        return max(0, width - INDENT)
    return width


def _without_comment(line: str) -> str:
    quote = ""
    for at, char in enumerate(line):
        if quote:
            quote = "" if char == quote and line[at - 1] != "\\" else quote
        elif char in "'\"":
            quote = char
        elif char == "#":
            return line[:at]
    return line


def shift(lines: list[str], by: int) -> list[str]:
    """Lines indented (`by` > 0) or outdented to the next stop of four; blank lines stay blank."""
    moved = []
    for line in lines:
        if not line.strip():
            moved.append(line if by < 0 else line.rstrip(" "))
            continue
        width = len(line) - len(line.lstrip(" "))
        stop = (width // INDENT + 1) * INDENT if by > 0 else max(0, (width - 1) // INDENT * INDENT)
        moved.append(" " * stop + line[width:])
    return moved


def toggle_comment(lines: list[str]) -> list[str]:
    """Comment all lines at their shallowest column, or uncomment when every one is a comment."""
    filled = [line for line in lines if line.strip()]
    if not filled:
        return lines
    if all(line.lstrip().startswith("#") for line in filled):
        return [_COMMENT.sub(r"\1", line) if line.strip() else line for line in lines]
    column = min(len(line) - len(line.lstrip()) for line in filled)
    return [line[:column] + "# " + line[column:] if line.strip() else line for line in lines]


class CodeEditor(TextArea):
    """A Python editor: auto-indent, block indent, comments, four-space stops, brackets, undo."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+underscore,ctrl+slash", "comment", "Comment", id="editor_comment", show=False),
        Binding("ctrl+home", "cursor_start", "Start", id="editor_start", show=False),
        Binding("ctrl+end", "cursor_finish", "End", id="editor_end", show=False),
        Binding("shift+tab", "outdent", "Outdent", id="editor_outdent", show=False),
    ]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(
            text,
            language="python",
            soft_wrap=False,
            show_line_numbers=True,
            tab_behavior="indent",
            highlight_cursor_line=True,
            id=id,
        )
        self.indent_width = INDENT

    def _on_mount(self, event: events.Mount) -> None:
        super()._on_mount(event)
        self._suit_theme()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._suit_theme())

    def _suit_theme(self) -> None:
        from interviewer.tui.widgets.editor_theme import DARK, LIGHT

        chosen = DARK if self.app.current_theme.dark else LIGHT
        self.register_theme(chosen)
        self.theme = chosen.name

    async def _on_key(self, event: events.Key) -> None:
        if self.read_only:
            return
        match event.key:
            case "enter":
                self._new_line()
            case "tab" if self._rows() is not None:
                self._rewrite_rows(lambda lines: shift(lines, 1))
            case _:
                await super()._on_key(event)
                return
        event.stop()
        event.prevent_default()

    def _new_line(self) -> None:
        start, end = sorted((self.selection.start, self.selection.end))
        before = self.document[start[0]][: start[1]]
        width = indent_after(before) if before.strip() else len(before)
        self._replace_via_keyboard("\n" + " " * width, start, end)

    def _rows(self) -> tuple[int, int] | None:
        """First and last row of a selection over several lines."""
        start, end = sorted((self.selection.start, self.selection.end))
        if start[0] == end[0]:
            return None
        return start[0], end[0] if end[1] > 0 else end[0] - 1

    def _rewrite_rows(self, change: object, *, rows: tuple[int, int] | None = None) -> None:
        assert callable(change)
        span = rows or self._rows()
        if span is None:
            row = self.cursor_location[0]
            span = (row, row)
        first, last = span
        old = [self.document[row] for row in range(first, last + 1)]
        new = change(old)
        if new == old:
            return
        kept = self.selection
        self.replace("\n".join(new), (first, 0), (last, len(old[-1])), maintain_selection_offset=False)

        def moved(place: tuple[int, int]) -> tuple[int, int]:
            row, column = place
            if not first <= row <= last or (column == 0 and not kept.is_empty):
                return place
            grown = len(new[row - first]) - len(old[row - first])
            return row, max(0, column + grown)

        self.selection = Selection(moved(kept.start), moved(kept.end))

    def action_comment(self) -> None:
        """Comment or uncomment the selected lines."""
        self._rewrite_rows(toggle_comment)

    def action_outdent(self) -> None:
        """Outdent the selected lines, or the cursor's."""
        self._rewrite_rows(lambda lines: shift(lines, -1))

    def action_delete_left(self) -> None:
        """Delete left; in leading spaces, back to the stop of four before the cursor."""
        row, column = self.cursor_location
        before = self.document[row][:column]
        if self.selection.is_empty and before and not before.strip(" "):
            self._delete_via_keyboard((row, (column - 1) // INDENT * INDENT), (row, column))
        else:
            super().action_delete_left()

    def action_cursor_start(self) -> None:
        """To the first character."""
        self.move_cursor((0, 0))

    def action_cursor_finish(self) -> None:
        """Behind the last character."""
        self.move_cursor(self.document.end)

    def go_to(self, line: int, column: int | None = None) -> None:
        """Put the cursor on a 1-based line (and column), in the middle of the view."""
        row = min(max(0, line - 1), self.document.line_count - 1)
        text = self.document[row]
        place = min(column - 1, len(text)) if column else len(text) - len(text.lstrip())
        self.move_cursor((row, place), center=True)
