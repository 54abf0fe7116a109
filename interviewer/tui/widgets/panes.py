"""The panes of an interview: problem, code, chat and results; one at a time where there is little room."""

from __future__ import annotations

import asyncio

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static, TextArea

from interviewer.tui.prose import prose
from interviewer.tui.widgets.chat import ChatLog
from interviewer.tui.widgets.editor import CodeEditor
from interviewer.tui.widgets.reply import ReplyInput
from interviewer.tui.widgets.results import Results
from interviewer.tui.widgets.tabs import TabStrip

_TABS = (
    ("problem", "F2", "Problem", "screen.show_problem"),
    ("chat", "F3", "Chat", "screen.show_chat"),
    ("code", "F4", "Code", "screen.show_code"),
)


class Panes(Vertical):
    """All panes, with a strip of tabs that marks what the chat has unread.

    `talk` is for an interview without code. Which pane is shown is a class: `-show-problem`,
    `-show-chat` or `-show-code`.
    """

    def __init__(self, brief: str, code: str, *, talk: bool) -> None:
        super().__init__()
        self._brief = brief
        self._code = code
        self._talk = talk
        self._shown = "chat"
        self._unread = 0

    def compose(self) -> ComposeResult:
        """Tabs above the panes."""
        yield TabStrip(_TABS[:2] if self._talk else _TABS, id="tabs")
        with Container(id="work"):
            with VerticalScroll(id="problem", classes="pane") as problem:
                problem.border_title = "Problem F2"
                yield Static(prose(self._brief), id="brief", markup=False)
            with Vertical(id="code", classes="pane") as code:
                code.border_title = "solution.py F4"
                yield CodeEditor(self._code, id="editor")
            with Vertical(id="chat", classes="pane") as chat:
                chat.border_title = "Interviewer F3"
                yield ChatLog(id="log")
                yield ReplyInput(id="reply", placeholder="Reply …  Enter sends, ^j new line, /help")
            results = Results(id="tests")
            results.add_class("pane")
            yield results

    @property
    def single(self) -> bool:
        """Whether the terminal has room for one pane only."""
        return self.screen.has_class("-narrow")

    def show(self, pane: str) -> None:
        """Bring `problem`, `chat` or `code` into view; the chat is read then."""
        self._shown = pane
        for name, *_ in _TABS:
            self.set_class(name == pane, f"-show-{name}")
        if pane == "chat":
            self._unread = 0
        self._draw_tabs()

    def go(self, pane: str, widget: Widget) -> None:
        """Show a pane and give `widget` the keyboard, before the next key is read."""
        self.show(pane)
        if not widget.focusable:
            # It was hidden a moment ago, and what is hidden cannot take the focus.
            self.app.stylesheet.update(self.screen)
        self.screen.set_focus(widget)

    def mark_unread(self) -> None:
        """The interviewer said something: it is unread unless the chat is in view."""
        if self.single and self._shown != "chat":
            self._unread += 1
            self._draw_tabs()

    async def typed_out(self) -> None:
        """Wait until every key pressed so far has arrived in the text.

        A key of ours acts at once, while letters typed before it still wait in the editor's queue.
        """
        for area in (self.query_one(CodeEditor), self.query_one(ReplyInput)):
            arrived = asyncio.Event()
            area.call_later(arrived.set)
            await arrived.wait()

    def _draw_tabs(self) -> None:
        tabs = self.query_one(TabStrip)
        tabs.current = self._shown
        tabs.marks = {"chat": f"{self._unread} new"} if self._unread else {}

    @on(TextArea.SelectionChanged, "#editor")
    def _show_place(self, event: TextArea.SelectionChanged) -> None:
        row, column = event.text_area.cursor_location
        self.query_one("#code").border_subtitle = f"{row + 1}:{column + 1}"
