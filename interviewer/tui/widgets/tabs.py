"""Which pane is in view when there is room for one, with a mark on what is unread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.reactive import reactive
from textual.widget import Widget


class TabStrip(Widget):
    """`F2 Problem   F3 Chat ● 2 new   F4 Code` on one line; items are (id, key, words, action)."""

    DEFAULT_CSS = "TabStrip { height: 1; width: 1fr; padding: 0 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabs--on", "tabs--off", "tabs--key", "tabs--mark"}
    ALLOW_SELECT = False

    current: reactive[str] = reactive("", layout=False)
    marks: reactive[dict[str, str]] = reactive({}, layout=False)

    def __init__(self, items: Sequence[tuple[str, str, str, str]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items = tuple(items)

    def render(self) -> Text:
        """The line."""
        on = self.get_component_rich_style("tabs--on")
        off = self.get_component_rich_style("tabs--off")
        key_style = self.get_component_rich_style("tabs--key")
        mark_style = self.get_component_rich_style("tabs--mark")
        text = Text(no_wrap=True, overflow="ellipsis")
        for name, key, words, action in self._items:
            click = Style.from_meta({"action": action})
            here = name == self.current
            text.append("  " if text.plain else "")
            text.append(f" {key} ", (on if here else key_style) + click)
            text.append(f"{words} ", (on if here else off) + click)
            if mark := self.marks.get(name, ""):
                text.append(f"● {mark} ", mark_style + click)
        return text

    async def on_click(self, event: events.Click) -> None:
        """Go where was clicked."""
        if action := event.style.meta.get("action"):
            await self.run_action(action)
