"""The two lines at the bottom: what is on, and which keys do what."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.reactive import reactive
from textual.widget import Widget

from interviewer.tui.actions import EVERYWHERE, INTERVIEW

_ORDER = {action.id: at for at, action in enumerate((*INTERVIEW, *EVERYWHERE), start=1)}


class StatusLine(Widget):
    """Short facts, left and right, on one line; glyph and word for each."""

    DEFAULT_CSS = "StatusLine { height: 1; width: 1fr; padding: 0 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--warn"}

    left: reactive[tuple[str, ...]] = reactive((), layout=False)
    right: reactive[str] = reactive("", layout=False)

    def render(self) -> Text:
        """The parts joined by dots; those that do not fit fall away from the end."""
        width = self.content_size.width
        right = self.right if cell_len(self.right) < width // 2 else ""
        parts = list(self.left)
        while len(parts) > 1 and cell_len(" · ".join(parts)) + cell_len(right) + 2 > width:
            parts.pop()
        text = Text()
        warn = self.get_component_rich_style("status--warn")
        for at, part in enumerate(parts):
            text.append(" · " if at else "")
            text.append(part, warn if part.startswith(("✗", "▲")) else "")
        text.truncate(max(0, width - cell_len(right) - (1 if right else 0)))
        text.append(" " * max(0, width - cell_len(text.plain) - cell_len(right)))
        text.append(right)
        return text


class KeyBar(Widget):
    """The keys of the screen as they are bound now, in one widget; each can be clicked."""

    DEFAULT_CSS = "KeyBar { height: 1; width: 1fr; padding: 0 1; dock: bottom; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--label"}
    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Redraw when the keys change."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Text:
        """`F5 Test  F2 Problem … ^p palette`, as much as fits; the palette always does."""
        width = self.content_size.width
        key_style = self.get_component_rich_style("keys--key")
        label_style = self.get_component_rich_style("keys--label")
        items: list[tuple[int, tuple[str, str, str]]] = []
        found, done = False, set[str]()
        palette: tuple[str, str, str] = ("^p", "all commands", "app.command_palette")
        for active in self.screen.active_bindings.values():
            binding = active.binding
            shown = self.app.get_key_display(binding)
            if binding.id == "palette":
                if found:
                    continue
                found = True
                palette = (shown, "all commands", "app.command_palette")
            elif binding.show and binding.action not in done:
                done.add(binding.action)
                namespace = "app" if active.node is self.app else "screen"
                place = _ORDER.get(binding.id or "", 0)
                items.append((place, (shown, binding.description, f"{namespace}.{binding.action}")))
        tail = self._item(*palette, key_style, label_style)
        text = Text()
        for _, item in sorted(items, key=lambda item: item[0]):
            piece = self._item(*item, key_style, label_style)
            if cell_len(text.plain) + cell_len(piece.plain) + cell_len(tail.plain) + 4 > width:
                continue
            text.append("  " if text.plain else "")
            text.append_text(piece)
        text.append(" " * max(2, width - cell_len(text.plain) - cell_len(tail.plain)))
        return text + tail

    @staticmethod
    def _item(key: str, label: str, action: str, key_style: Style, label_style: Style) -> Text:
        click = Style.from_meta({"action": action})
        return Text.assemble((key, key_style + click), (f" {label}", label_style + click))

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked. Not as a link: links have colours of their own."""
        if action := event.style.meta.get("action"):
            await self.run_action(action)

    def on_resize(self, event: events.Resize) -> None:
        """Fit anew."""
        self.refresh()
