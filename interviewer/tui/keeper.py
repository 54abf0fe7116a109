"""Keeps everything typed: drafts within a quarter of a second, snapshots of the code when idle."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.timer import Timer

from interviewer.errors import InterviewerError
from interviewer.service.interview import Interview
from interviewer.tui.outbox import Outbox
from interviewer.tui.widgets.editor import CodeEditor

DRAFT_AFTER = 0.25
SNAPSHOT_AFTER = 2.0


class Keeper:
    """Writes the editor and what is unsent through to the session.

    `report` is told `saving`, `saved`, or an error.
    """

    def __init__(
        self, interview: Interview, editor: CodeEditor, outbox: Outbox, *, report: Callable[[str], None]
    ) -> None:
        self._interview = interview
        self._editor = editor
        self._outbox = outbox
        self._report = report
        self._kept: dict[str, str] = {}
        self._draft_timer: Timer | None = None
        self._snapshot_timer: Timer | None = None

    def restore(self, drafts: Mapping[str, str]) -> None:
        """Put the cursor and the unsent text back to where they were."""
        kept = _place(drafts.get("cursor", ""))
        self._editor.move_cursor(kept or _end_of_text(self._editor.text))
        self._outbox.restore(drafts.get("reply", ""))

    def touched(self, *, code: bool = False) -> None:
        """Something was typed."""
        self._report("saving")
        if self._draft_timer is None:
            self._draft_timer = self._editor.set_timer(DRAFT_AFTER, self.write)
        if code:
            if self._snapshot_timer is not None:
                self._snapshot_timer.stop()
            self._snapshot_timer = self._editor.set_timer(SNAPSHOT_AFTER, self.snapshot)

    def write(self) -> None:
        """Write every draft that changed, now."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        row, column = self._editor.cursor_location
        texts = {"code": self._editor.text, "cursor": f"{row},{column}", "reply": self._outbox.text}
        try:
            for name, text in texts.items():
                if self._kept.get(name) != text:
                    self._interview.draft(name, text)
                    self._kept[name] = text
        except InterviewerError as error:
            self._report(str(error))
        else:
            self._report("saved")

    def snapshot(self) -> None:
        """Write the drafts and take the code into the log."""
        if self._snapshot_timer is not None:
            self._snapshot_timer.stop()
            self._snapshot_timer = None
        self.write()
        self.take_code()

    def take_code(self) -> None:
        """Take the code as it stands into the log; the drafts follow in their own time."""
        try:
            self._interview.edit(self._editor.text)
        except InterviewerError as error:
            self._report(str(error))


def _place(text: str) -> tuple[int, int] | None:
    """A cursor kept as `row,column`; None for anything else."""
    row, _, column = text.partition(",")
    return (int(row), int(column)) if row.isdecimal() and column.isdecimal() else None


def _end_of_text(source: str) -> tuple[int, int]:
    """Row and column behind the last line that is not blank: where one goes on typing."""
    lines = source.rstrip().split("\n")
    return len(lines) - 1, len(lines[-1])
