"""A code file the candidate writes in an editor of their own, followed second by second."""

from __future__ import annotations

import time

from interviewer.errors import UsageError
from interviewer.service.code_file import CodeFile

FRESH = 5.0
"""Seconds for which the status line says that a change was taken."""


class Following:
    """What the status line says of the file, and the text whenever it is another one."""

    def __init__(self, file: CodeFile) -> None:
        self._file = file
        self._taken_at: float | None = None
        self._trouble = ""

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self._file.path.name

    @property
    def text(self) -> str:
        """The text as last read."""
        return self._file.text

    def take(self) -> str | None:
        """The new text if the file changed since the last call; None otherwise, also if unreadable."""
        try:
            changed = self._file.changed()
        except UsageError as error:
            self._trouble = str(error)
            return None
        self._trouble = ""
        if not changed:
            return None
        self._taken_at = time.monotonic()
        return self._file.text

    @property
    def mark(self) -> str:
        """One short phrase: followed, just taken, or why it cannot be read."""
        if self._trouble:
            return f"▲ {self._trouble}"
        fresh = self._taken_at is not None and time.monotonic() - self._taken_at < FRESH
        return f"✓ {self.name} taken" if fresh else f"follows {self.name}"
