"""Small questions: confirm, jump to a pane, the pause cover, and rating oneself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from interviewer.domain.rubric import FOUR_LEVELS, Level, Signal
from interviewer.tui.widgets.choice import Choice
from interviewer.tui.words import rated


class Confirm(ModalScreen[bool]):
    """A question answered with Enter or Esc."""

    DEFAULT_CSS = "Confirm { align: center middle; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "Yes", id="confirm_yes", priority=True),
        Binding("escape,n", "answer(False)", "No", id="confirm_no", priority=True),
    ]

    def __init__(self, title: str, text: str, yes: str) -> None:
        super().__init__(classes="dialog")
        self._title, self._text, self._yes = title, text, yes

    def compose(self) -> ComposeResult:
        """A box with the question and the two keys."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            yield Static(self._text, markup=False)
            yield Static(
                Content.assemble(
                    ("\nEnter", "bold $primary"), f" {self._yes}    ", ("Esc", "bold $primary"), " no, go on"
                )
            )

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)


class Menu(ModalScreen[str]):
    """Choose by letter; items are (key, value, words). Esc chooses nothing: the empty value."""

    def __init__(self, title: str, items: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(classes="dialog")
        self._title, self._items = title, tuple(items)

    def compose(self) -> ComposeResult:
        """The letters."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            box.border_subtitle = "Esc goes back"
            rows = [Content.assemble((key, "bold $primary"), f"   {words}") for key, _, words in self._items]
            yield Static(Content("\n").join(rows))

    def on_key(self, event: events.Key) -> None:
        """A letter chooses."""
        event.stop()
        chosen = next((value for key, value, _ in self._items if key == event.key), None)
        if chosen is not None or event.key == "escape":
            self.dismiss(chosen or "")


PANES = (("p", "problem", "problem"), ("c", "chat", "chat"), ("e", "code", "editor"), ("t", "tests", "tests"))


class PauseCover(ModalScreen[None]):
    """Covers everything while the clock stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,ctrl+s,f10", "go_on", "Go on", id="pause_go_on", priority=True),
    ]

    def __init__(self, clock: str) -> None:
        super().__init__(classes="dialog cover")
        self._clock = clock

    def compose(self) -> ComposeResult:
        """Where the clock stands, and how to go on."""
        with Vertical(classes="box") as box:
            box.border_title = "Paused"
            yield Static(
                Content.assemble(
                    f"The clock stands at {self._clock}.\n",
                    "Problem, chat and code are covered until you go on.\n\n",
                    ("Enter", "bold $primary"), " go on    ",
                    ("^q", "bold $primary"), " leave; the session is kept",
                )
            )  # fmt: skip

    def action_go_on(self) -> None:
        """Uncover."""
        self.dismiss(None)


class SelfRating(ModalScreen["dict[str, Level] | None"]):
    """The candidate's own rating, before the reveal; Esc skips it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Show the report", id="rating_done", priority=True),
        Binding("escape", "skip", "Skip", id="rating_skip", priority=True),
        Binding("down", "app.focus_next", "Next", id="rating_next", show=False),
        Binding("up", "app.focus_previous", "Previous", id="rating_previous", show=False),
    ]

    def __init__(self, signals: Sequence[Signal]) -> None:
        super().__init__(classes="dialog")
        self._signals = tuple(signals)

    def compose(self) -> ComposeResult:
        """One line per signal, and what the chosen level means."""
        values = [("", "···· no opinion"), *((level.value, rated(level)) for level in FOUR_LEVELS)]
        width = max((len(signal.title) for signal in self._signals), default=9) + 2
        with Vertical(classes="box rating") as box:
            box.border_title = "How did it go?"
            yield Static(
                "Rate yourself before you see the report: comparing the two is where most is learned.\n",
                markup=False,
            )
            for signal in self._signals:
                yield Choice(signal.title, values, id=f"signal-{signal.id}", width=width)
            yield Static("", id="meaning", markup=False)
            yield Static(
                Content.assemble(
                    ("↑↓", "bold $primary"), " signal  ", ("←→", "bold $primary"), " level  ",
                    ("Enter", "bold $primary"), " show the report  ", ("Esc", "bold $primary"), " skip",
                )
            )  # fmt: skip

    @on(Choice.Changed)
    def _explain(self, event: Choice.Changed) -> None:
        self._say(event.choice)

    def _say(self, choice: Choice) -> None:
        signal = next(s for s in self._signals if choice.id == f"signal-{s.id}")
        text = next((t.text for t in signal.levels if t.level.value == choice.value), signal.definition)
        self.query_one("#meaning", Static).update(Content.styled(f"\n{text}\n", "$quiet"))

    def on_mount(self) -> None:
        """Start with the first signal."""
        if self._signals:
            first = self.query_one(f"#signal-{self._signals[0].id}", Choice)
            first.focus()
            self._say(first)

    def on_descendant_focus(self) -> None:
        """Explain the signal that has the focus."""
        if isinstance(self.focused, Choice):
            self._say(self.focused)

    def action_done(self) -> None:
        """Close with what was rated."""
        chosen = {s.id: self.query_one(f"#signal-{s.id}", Choice).value for s in self._signals}
        self.dismiss({signal: Level(value) for signal, value in chosen.items() if value} or None)

    def action_skip(self) -> None:
        """Close without a rating."""
        self.dismiss(None)
