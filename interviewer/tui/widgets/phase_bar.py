"""Where the interview stands: title, phases with their time, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from interviewer.domain.phases import Pressure, clock_text


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMark:
    """One phase as the bar shows it; seconds, `budget` None when untimed."""

    title: str
    spent: float
    budget: float | None
    current: bool = False
    done: bool = False
    pressure: Pressure = Pressure.CALM


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything the bar shows."""

    title: str = ""
    phases: tuple[PhaseMark, ...] = ()
    elapsed: float = 0.0
    total: float | None = None
    pressure: Pressure = Pressure.CALM
    paused: bool = False
    ended: bool = False


_CLOCK_GLYPH = {Pressure.CALM: "", Pressure.AMBER: "▲ ", Pressure.RED: "■ "}


def clock_words(progress: Progress) -> str:
    """The clock in words: elapsed of total, with a glyph and words when time runs short."""
    if progress.ended:
        return f"ended at {clock_text(progress.elapsed)}"
    head = "paused " if progress.paused else ""
    if progress.total is None:
        return f"{head}{clock_text(progress.elapsed)} untimed"
    text = f"{clock_text(progress.elapsed)} / {clock_text(progress.total)}"
    glyph = _CLOCK_GLYPH[progress.pressure]
    match progress.pressure:
        case Pressure.AMBER:
            left = clock_text(progress.total - progress.elapsed)
            return f"{head}{glyph}{text}  {left} left"
        case Pressure.RED:
            return f"{head}{glyph}{text}  time is up"
        case _:
            return head + text


def phase_words(mark: PhaseMark) -> str:
    """A phase in words, led by a glyph: done, current, or still to come."""
    if mark.current:
        time = clock_text(mark.spent)
        if mark.budget is not None:
            time += f"/{clock_text(mark.budget)}"
        over = " over" if mark.pressure is Pressure.RED else ""
        return f"▶ {mark.title} {time}{over}"
    if mark.done or mark.spent >= 1:
        return f"{'✓' if mark.done else '○'} {mark.title} {clock_text(mark.spent)}"
    return f"○ {mark.title}"


class PhaseBar(Widget):
    """One line that redraws itself and nothing else."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--title",
        "bar--done",
        "bar--current",
        "bar--todo",
        "bar--clock",
        "bar--amber",
        "bar--red",
    }
    DEFAULT_CSS = "PhaseBar { height: 1; width: 1fr; padding: 0 1; }"

    progress: reactive[Progress] = reactive(Progress(), layout=False)

    def render(self) -> Text:
        """Title, phases and clock, as much as there is room for."""
        width = self.content_size.width
        clock = Text(clock_words(self.progress), self._clock_style(self.progress.pressure))
        room = width - cell_len(clock.plain) - 2
        for text in (self._full(), self._full(title=False), self._short(), self._short(count=False)):
            if cell_len(text.plain) <= room:
                break
        text.truncate(max(0, room))
        text.append(" " * max(2, width - cell_len(text.plain) - cell_len(clock.plain)))
        return text + clock

    def _clock_style(self, pressure: Pressure) -> Style:
        name = {Pressure.CALM: "clock", Pressure.AMBER: "amber", Pressure.RED: "red"}[pressure]
        return self.get_component_rich_style(f"bar--{name}")

    def _mark(self, mark: PhaseMark) -> Text:
        if mark.current:
            style = self.get_component_rich_style("bar--current")
            if mark.pressure is not Pressure.CALM:
                style = self._clock_style(mark.pressure)
            return Text(phase_words(mark), style)
        kind = "bar--done" if mark.done else "bar--todo"
        return Text(phase_words(mark), self.get_component_rich_style(kind))

    def _full(self, *, title: bool = True) -> Text:
        text = Text()
        if title:
            text.append(self.progress.title, self.get_component_rich_style("bar--title"))
            text.append("    ")
        return text + Text("   ").join(self._mark(mark) for mark in self.progress.phases)

    def _short(self, *, count: bool = True) -> Text:
        phases = self.progress.phases
        for at, mark in enumerate(phases):
            if mark.current:
                text = self._mark(mark)
                if count:
                    rest = f"  phase {at + 1} of {len(phases)}"
                    text.append(rest, self.get_component_rich_style("bar--todo"))
                return text
        return Text(self.progress.title, self.get_component_rich_style("bar--title"))
