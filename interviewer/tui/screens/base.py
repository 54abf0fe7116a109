"""What all our screens share: breakpoints, and one clear line in a terminal that is too small."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

MIN_WIDTH, MIN_HEIGHT = 60, 16
WIDTHS = [(0, "-slim"), (MIN_WIDTH, "-narrow"), (100, "-normal"), (160, "-wide")]
HEIGHTS = [(0, "-flat"), (MIN_HEIGHT, "-short"), (30, "-tall")]


class SizedScreen(Screen[None]):
    """A screen with our breakpoints; below 60×16 it hides everything and says so, losing nothing.

    Classes by width: `-slim` `-narrow` `-normal` `-wide`; by height: `-flat` `-short` `-tall`.
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def compose(self) -> ComposeResult:
        """The notice, then the screen's own widgets."""
        yield Static(id="too-small", markup=False)
        yield from self.compose_screen()

    def compose_screen(self) -> ComposeResult:
        """The screen's own widgets."""
        yield from ()

    def on_resize(self, event: events.Resize) -> None:
        """Say what is missing when the terminal is too small."""
        width, height = event.size
        if width < MIN_WIDTH or height < MIN_HEIGHT:
            self.query_one("#too-small", Static).update(
                f"Terminal too small: {width}×{height}. Make it at least "
                f"{MIN_WIDTH}×{MIN_HEIGHT}; nothing is lost."
            )
