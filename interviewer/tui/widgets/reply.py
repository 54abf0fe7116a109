"""Where the candidate types: grows to ten lines, Enter sends, a pasted block stays."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import TextArea


class ReplyInput(TextArea):
    """The reply line. `on_send` is called with the text at once, and says whether it was taken.

    A call and not a message: keys typed right behind Enter belong to the next line, and must not be
    cleared away with this one.
    """

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )
        self.on_send: Callable[[str], bool] = lambda text: False

    async def _on_key(self, event: events.Key) -> None:
        match event.key:
            case "enter":
                if self.text.strip() and self.on_send(self.text):
                    self.text = ""
            case "ctrl+j" | "shift+enter":
                self._replace_via_keyboard("\n", *self.selection)
            case _:
                await super()._on_key(event)
                return
        event.stop()
        event.prevent_default()
