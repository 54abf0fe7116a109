"""Where the candidate types: grows to ten lines, Enter sends, a pasted block stays."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class ReplyInput(TextArea):
    """The reply line."""

    class Sent(Message):
        """Enter was pressed on a text that is not empty; the input keeps it until it is cleared."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )

    async def _on_key(self, event: events.Key) -> None:
        match event.key:
            case "enter":
                if self.text.strip():
                    self.post_message(self.Sent(self.text))
            case "ctrl+j" | "shift+enter":
                self._replace_via_keyboard("\n", *self.selection)
            case _:
                await super()._on_key(event)
                return
        event.stop()
        event.prevent_default()
