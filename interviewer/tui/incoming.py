"""Code from outside the editor: a followed file, a named one, or $EDITOR."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from interviewer.tui import external
from interviewer.tui.following import Following
from interviewer.tui.keeper import Keeper
from interviewer.tui.text import count
from interviewer.tui.widgets.editor import CodeEditor


class Incoming:
    """Puts such code into the editor and into the log; `looked` is called after a look at the file."""

    def __init__(
        self,
        editor: CodeEditor,
        keeper: Keeper,
        following: Following | None,
        *,
        looked: Callable[[], None],
    ) -> None:
        self._editor = editor
        self._keeper = keeper
        self._following = following
        self._looked = looked

    def start(self) -> None:
        """Take the followed file as it stands."""
        if self._following is not None:
            self._put(self._following.text)

    def take(self) -> None:
        """Take over what the candidate's own editor has saved meanwhile."""
        if self._following is None:
            return
        self._put(self._following.take())
        self._looked()

    def load(self, name: str) -> None:
        """Take the file called `name`, and say so, or why not."""
        try:
            text = Path(name).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self._editor.notify(f"{name}: cannot be read ({error})", severity="warning", markup=False)
            return
        self._replace(text)
        lines = count(text.count("\n") + 1, "line")
        self._editor.notify(f"{name}: {lines} taken; ^z brings the old code back")

    def edit_outside(self) -> None:
        """Let the candidate edit the code in $EDITOR; returns when that is closed."""
        self._put(external.edit(self._editor.app, self._editor.text))

    def _put(self, text: str | None) -> None:
        if text is not None and text != self._editor.text:
            self._replace(text)

    def _replace(self, text: str) -> None:
        """Replace the whole code as one edit, so that undo brings the old one back."""
        editor = self._editor
        where = editor.cursor_location
        editor.replace(text, (0, 0), editor.document.end, maintain_selection_offset=False)
        editor.move_cursor(where)
        self._keeper.snapshot()
