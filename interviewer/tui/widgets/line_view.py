"""A scrolling view of styled lines in one widget, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip


class LineView(ScrollView, can_focus=True):
    """Lines of rich text, wrapped by the subclass; text can be selected with the mouse.

    One widget keeps a long conversation as cheap as a short one: the cost of a screen is its
    number of widgets.
    """

    ALLOW_SELECT = True
    DEFAULT_CSS = """
    LineView { overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Text] = []
        self._strips: dict[int, Strip] = {}
        self._following = True

    @property
    def plain_lines(self) -> list[str]:
        """What is on the lines, as plain text."""
        return [line.plain for line in self._lines]

    @property
    def following(self) -> bool:
        """Whether the view stays at the last line; scrolling up stops that, scrolling down resumes it."""
        return self._following

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow only from the bottom."""
        super().watch_scroll_y(old_value, new_value)
        self._following = round(new_value) >= self.max_scroll_y

    def to_end(self) -> None:
        """Show the last line and follow from now on."""
        self._following = True
        # Forced: the scrollbar, which would allow it, may only appear with the next layout.
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True, force=True)

    def put_lines(self, first: int, lines: Sequence[Text]) -> None:
        """Replace everything from line `first` on; stays at the end when it was there."""
        follow = self._following
        del self._lines[first:]
        self._lines.extend(lines)
        for at in [at for at in self._strips if at >= first]:
            del self._strips[at]
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        if follow:
            self.to_end()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """A smaller view still shows the end, if it did before."""
        if self._following:
            self.call_after_refresh(self.to_end)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        at = self.scroll_offset.y + y
        width, base = self.size.width, self.rich_style
        if at >= len(self._lines):
            return Strip.blank(width, base)
        selection = self.text_selection
        if selection is None and at in self._strips:
            return self._strips[at]
        line = self._lines[at]
        if selection is not None and (span := selection.get_span(at)) is not None:
            start, end = span
            line = line.copy()
            chosen = self.screen.get_component_rich_style("screen--selection")
            line.stylize(chosen, start, len(line) if end == -1 else end)
        strip = Strip(_segments(line, self.app.console)).apply_style(base)
        strip = strip.crop_extend(0, width, base).apply_offsets(0, at)
        if selection is None:
            self._strips[at] = strip
        return strip

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, for the clipboard."""
        return selection.extract("\n".join(line.plain for line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Redraw with the new selection."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._strips.clear()


def _segments(line: Text, console: Console) -> Iterable[Segment]:
    """A line's segments; rich leaves out the style of a text without spans."""
    if line.spans:
        return line.render(console)
    return [Segment(line.plain, console.get_style(line.style))]
