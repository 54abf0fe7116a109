"""One setting on one line, changed with the left and right keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """`Company  ‹ Google ›`: arrows, space or a click choose; values are (value, words)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--label", "choice--value", "choice--arrow"}
    DEFAULT_CSS = "Choice { height: 1; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Previous", id="choice_previous", show=False),
        Binding("right,space", "step(1)", "Next", id="choice_next", show=False),
    ]

    index: reactive[int] = reactive(0, layout=False)

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(
        self,
        label: str,
        values: Sequence[tuple[str, str]],
        *,
        value: str = "",
        id: str | None = None,
        width: int = 9,
    ) -> None:
        super().__init__(id=id)
        self._label = label.ljust(width)
        self._values = list(values)
        self.value = value or self._values[0][0]

    @property
    def value(self) -> str:
        """The chosen value."""
        return self._values[self.index][0]

    @value.setter
    def value(self, value: str) -> None:
        known = [v for v, _ in self._values]
        self.index = known.index(value) if value in known else 0

    def set_values(self, values: Sequence[tuple[str, str]], value: str) -> None:
        """Offer other values; `value` becomes the chosen one."""
        self._values = list(values)
        self.value = value
        self.refresh()

    def render(self) -> Text:
        """The line."""
        arrow = self.get_component_rich_style("choice--arrow")
        left, right = ("‹", "›") if self.has_focus else (" ", " ")
        return Text.assemble(
            (self._label, self.get_component_rich_style("choice--label")),
            (f"{left} ", arrow),
            (self._values[self.index][1], self.get_component_rich_style("choice--value")),
            (f" {right}", arrow),
            no_wrap=True,
            overflow="ellipsis",
        )

    def action_step(self, by: int) -> None:
        """Choose the next or previous value, around the end."""
        self.index = (self.index + by) % len(self._values)
        self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Choose the next value."""
        self.action_step(1)
