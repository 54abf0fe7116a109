"""The status line: what is saved, who interviews, what contains the code, who speaks."""

from __future__ import annotations

from collections.abc import Callable

from interviewer.ports import HandsBack
from interviewer.service.interview import Interview
from interviewer.tui.following import Following
from interviewer.tui.widgets.bars import StatusLine


class Status:
    """Fills the status line; `speaking` tells whether the interviewer speaks now."""

    def __init__(
        self,
        line: StatusLine,
        interview: Interview,
        following: Following | None,
        *,
        speaking: Callable[[], bool],
    ) -> None:
        self._line = line
        self._interview = interview
        self._following = following
        self._speaking = speaking
        self._saved = "saved"
        self._sandbox = ""

    def saving(self, what: str) -> None:
        """How saving stands: `saving`, `saved`, or an error."""
        if what != self._saved:
            self._saved = what
            self.draw()

    def contained(self, sandbox: str) -> None:
        """What contains the candidate's code, in a few words."""
        self._sandbox = sandbox
        self.draw()

    def draw(self) -> None:
        """Show how things are now."""
        saved = {"saved": "✓ saved", "saving": "● saving"}.get(self._saved, f"✗ not saved: {self._saved}")
        follows = self._following.mark if self._following is not None else ""
        speaking = "● interviewer is speaking, Esc stops" if self._speaking() else ""
        parts = (saved, follows, self._voice(), self._sandbox, speaking)
        self._line.left = tuple(part for part in parts if part)
        self._line.right = f"session {self._interview.session[:8]}"

    def _voice(self) -> str:
        voice = self._interview.interviewer
        if isinstance(voice, HandsBack) and voice.taken_over:
            return f"▲ interviewer: {voice.name} for the model, /model hands back"
        return f"interviewer: {voice.name}"
