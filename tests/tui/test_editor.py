from __future__ import annotations

import ast
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets.text_area import Selection

from interviewer.tui.widgets.editor import CodeEditor, indent_after, shift, toggle_comment


@pytest.mark.parametrize(
    ("line", "width"),
    [
        ("def f(x):", 4),
        ("    if x:  # why", 8),
        ("    s = 'a:'", 4),
        ("    s = '#:'  # note:", 4),
        ("        return x", 4),
        ("    pass", 0),
        ("    break", 0),
        ("    return f(", 4),
        ("    returned = 1", 4),
        ("x = 1", 0),
    ],
)
def test_where_the_next_line_starts(line: str, width: int) -> None:
    assert indent_after(line) == width


@given(st.lists(st.from_regex(r" {0,9}[a-z]{1,5}", fullmatch=True), min_size=1, max_size=8))
def test_indenting_lands_on_stops_and_outdenting_undoes_it(lines: list[str]) -> None:
    deeper = shift(lines, 1)
    assert all((len(line) - len(line.lstrip())) % 4 == 0 for line in deeper)
    aligned = shift(deeper, -1)
    assert shift(shift(aligned, 1), -1) == aligned
    assert [line.strip() for line in aligned] == [line.strip() for line in lines]


@given(st.lists(st.from_regex(r"( {0,8}[a-z]{1,5})?", fullmatch=True), min_size=1, max_size=8))
def test_commenting_twice_changes_nothing(lines: list[str]) -> None:
    assert toggle_comment(toggle_comment(lines)) == lines


class Editing(App[None]):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._start = text

    def compose(self) -> ComposeResult:
        yield CodeEditor(self._start)


@asynccontextmanager
async def editing(text: str = "") -> AsyncGenerator[tuple[CodeEditor, Pilot[None]]]:
    app = Editing(text)
    async with app.run_test() as pilot:
        editor = app.screen.query_one(CodeEditor)
        editor.focus()
        await pilot.pause()
        yield editor, pilot


async def type_keys(pilot: Pilot[None], text: str) -> None:
    names = {"\n": "enter", " ": "space"}
    await pilot.press(*(names.get(char, char) for char in text))


async def test_a_typed_function_indents_itself() -> None:
    async with editing() as (editor, pilot):
        await type_keys(pilot, "def f(x):\nif x:\nreturn 1\nelse:\nreturn 2\n")
        # `else` is typed at the depth return left behind, as every editor has it.
        assert editor.text == "def f(x):\n    if x:\n        return 1\n    else:\n        return 2\n    "
        ast.parse(editor.text)


async def test_tab_moves_a_selection_and_keeps_it() -> None:
    async with editing("a\nb\nc\n") as (editor, pilot):
        editor.selection = Selection((0, 0), (2, 0))
        await pilot.press("tab")
        assert editor.text == "    a\n    b\nc\n"
        await pilot.press("tab")
        assert editor.text == "        a\n        b\nc\n"
        await pilot.press("shift+tab", "shift+tab")
        assert editor.text == "a\nb\nc\n"
        await pilot.press("ctrl+z")
        assert editor.text == "    a\n    b\nc\n"


async def test_tab_and_backspace_use_stops_of_four() -> None:
    async with editing("  x") as (editor, pilot):
        editor.move_cursor((0, 2))
        await pilot.press("tab")
        assert editor.text == "    x"
        await pilot.press("backspace")
        assert editor.text == "x"
        await pilot.press("shift+tab")
        assert editor.text == "x"


async def test_comments_toggle_on_the_line_and_on_a_selection() -> None:
    async with editing("if x:\n    y = 1\n\n    z = 2\n") as (editor, pilot):
        editor.selection = Selection((1, 0), (3, 9))
        await pilot.press("ctrl+underscore")
        assert editor.text == "if x:\n    # y = 1\n\n    # z = 2\n"
        await pilot.press("ctrl+underscore")
        assert editor.text == "if x:\n    y = 1\n\n    z = 2\n"


async def test_going_to_a_line_lands_on_its_first_letter() -> None:
    async with editing("a\n    b\n") as (editor, _):
        editor.go_to(2)
        assert editor.cursor_location == (1, 4)
        editor.go_to(2, 3)
        assert editor.cursor_location == (1, 2)
        editor.go_to(99)
        assert editor.cursor_location == (2, 0)


async def test_ctrl_home_and_end_go_to_the_edges() -> None:
    async with editing("a\nbc\n") as (editor, pilot):
        await pilot.press("ctrl+end")
        assert editor.cursor_location == (2, 0)
        await pilot.press("ctrl+home")
        assert editor.cursor_location == (0, 0)
