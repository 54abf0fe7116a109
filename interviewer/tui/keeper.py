"""Keeps everything typed: drafts within a quarter of a second, snapshots of the code when idle."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

from interviewer.errors import InterviewerError
from interviewer.service.interview import Interview

DRAFT_AFTER = 0.25
SNAPSHOT_AFTER = 2.0


class Keeper:
    """Writes the editor and the reply line through to the session.

    `code`, `cursor` and `reply` give the current texts; `report` is told `saving`, `saved`, or an error.
    """

    def __init__(
        self,
        owner: Widget,
        interview: Interview,
        *,
        code: Callable[[], str],
        cursor: Callable[[], tuple[int, int]],
        reply: Callable[[], str],
        report: Callable[[str], None],
    ) -> None:
        self._owner = owner
        self._interview = interview
        self._read = {"code": code, "cursor": lambda: "{},{}".format(*cursor()), "reply": reply}
        self._code = code
        self._report = report
        self._kept: dict[str, str] = {}
        self._draft_timer: Timer | None = None
        self._snapshot_timer: Timer | None = None

    def touched(self, *, code: bool = False) -> None:
        """Something was typed."""
        self._report("saving")
        if self._draft_timer is None:
            self._draft_timer = self._owner.set_timer(DRAFT_AFTER, self.write)
        if code:
            if self._snapshot_timer is not None:
                self._snapshot_timer.stop()
            self._snapshot_timer = self._owner.set_timer(SNAPSHOT_AFTER, self.snapshot)

    def write(self) -> None:
        """Write every draft that changed, now."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        try:
            for name, read in self._read.items():
                text = read()
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
        try:
            self._interview.edit(self._code())
        except InterviewerError as error:
            self._report(str(error))
