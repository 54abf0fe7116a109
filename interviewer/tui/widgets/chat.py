"""The conversation: one widget for all of it, the newest line growing as it streams in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events

from interviewer.domain.transcript import Line, Speaker
from interviewer.tui.text import plain
from interviewer.tui.widgets.line_view import LineView

BAR = "▎"
_INLINE = re.compile(r"(`[^`\n]+`)|(\*\*[^*\n]+\*\*)")
_THINKING = ("●··", "·●·", "··●", "·●·")


@dataclass(slots=True)
class Entry:
    """One message or note; `live` while it is still being said."""

    speaker: Speaker
    text: str
    name: str = ""
    seq: int = 0
    live: bool = False
    interrupted: bool = False
    first: int = 0


class ChatLog(LineView):
    """What was said, with short notes between; follows the newest line unless scrolled away."""

    BORDER_TITLE = "Interviewer"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "chat--interviewer",
        "chat--candidate",
        "chat--name-interviewer",
        "chat--name-candidate",
        "chat--text",
        "chat--note",
        "chat--code",
        "chat--strong",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: list[Entry] = []
        self._width = 0
        self._frame = 0

    @property
    def live(self) -> Entry | None:
        """The message being said now."""
        return self._entries[-1] if self._entries and self._entries[-1].live else None

    def add(self, line: Line, name: str) -> None:
        """Put one line of the transcript at the end; takes the place of the live one it completes."""
        entry = Entry(line.speaker, plain(line.text), name, seq=line.seq, interrupted=line.interrupted)
        live = self.live
        if live is not None and line.speaker is Speaker.INTERVIEWER:
            entry.first = live.first
            self._entries[-1] = entry
            self._draw(len(self._entries) - 1)
        elif live is not None:
            # A note or a line of the candidate's arrives while the interviewer speaks: it goes above.
            entry.first = live.first
            self._entries.insert(len(self._entries) - 1, entry)
            self._draw(len(self._entries) - 2)
        else:
            self._append(entry)

    def begin(self, name: str) -> None:
        """Show that the interviewer is about to speak."""
        if self.live is None:
            self._frame = 0
            self._append(Entry(Speaker.INTERVIEWER, "", name, live=True))

    def grow(self, text: str) -> None:
        """Set what has been said so far of the live message."""
        if (live := self.live) is not None:
            live.text = plain(text)
            self._draw(len(self._entries) - 1)

    def drop_live(self) -> None:
        """Take away a live message that came to nothing; one with text stays, marked as stopped."""
        live = self.live
        if live is None:
            return
        if live.text.strip():
            live.live, live.interrupted = False, True
            self._draw(len(self._entries) - 1)
        else:
            self._entries.pop()
            self.put_lines(live.first, [])

    def tick(self) -> None:
        """Move the thinking mark on."""
        if (live := self.live) is not None and not live.text:
            self._frame += 1
            self._draw(len(self._entries) - 1)

    def say_note(self, text: str) -> None:
        """A note of the screen's own, not part of the log."""
        self.add(Line(0, 0.0, Speaker.NOTE, text), "")

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew when the width changed."""
        width = self.scrollable_content_region.width
        if width and width != self._width:
            self._width = width
            self._draw(0)
            # The first time round the theme's colours are not known yet.
            self.call_after_refresh(self._draw, 0)

    def notify_style_update(self) -> None:
        """Colours changed: style all lines anew."""
        super().notify_style_update()
        if self._entries and self._width:
            self._draw(0)

    def _append(self, entry: Entry) -> None:
        entry.first = len(self._lines)
        self._entries.append(entry)
        self._draw(len(self._entries) - 1)

    def _draw(self, at: int) -> None:
        if not self._width:
            return
        first = self._entries[at].first if at and at < len(self._entries) else 0
        lines: list[Text] = []
        for index in range(at, len(self._entries)):
            entry = self._entries[index]
            entry.first = first + len(lines)
            previous = self._entries[index - 1] if index else None
            lines.extend(self._entry_lines(entry, previous))
        self.put_lines(first, lines)

    def _entry_lines(self, entry: Entry, previous: Entry | None) -> list[Text]:
        if entry.speaker is Speaker.NOTE:
            return self._note(entry, previous)
        who = "interviewer" if entry.speaker is Speaker.INTERVIEWER else "candidate"
        bar = Text(f"{BAR} ", self.get_component_rich_style(f"chat--{who}"))
        lines = [] if previous is None else [Text("")]
        if previous is None or previous.speaker is not entry.speaker:
            lines.append(bar + Text(entry.name, self.get_component_rich_style(f"chat--name-{who}")))
        elif lines:
            lines = [bar.copy()] if previous.speaker is entry.speaker else lines
        body = self._body(entry.text) if entry.text else []
        if entry.live and not entry.text:
            mark = _THINKING[self._frame % len(_THINKING)]
            body = [Text(f"{mark} thinking", self.get_component_rich_style("chat--note"))]
        if entry.interrupted:
            body.append(Text("… stopped", self.get_component_rich_style("chat--note")))
        return lines + [bar + line for line in body]

    def _note(self, entry: Entry, previous: Entry | None) -> list[Text]:
        style = self.get_component_rich_style("chat--note")
        gap = [] if previous is None or previous.speaker is Speaker.NOTE else [Text("")]
        words = entry.text.strip()
        if words.startswith("— ") and words.endswith(" —"):
            words = words.strip("— ")
            side = max(2, (self._width - cell_len(words) - 2) // 2)
            return [*gap, Text(f"{'─' * side} {words} {'─' * side}"[: self._width], style)]
        wrapped = Text(words, style).wrap(self.app.console, max(8, self._width - 4))
        return [*gap, *(Text("· " if not at else "  ", style) + line for at, line in enumerate(wrapped))]

    def _body(self, text: str) -> list[Text]:
        width = max(8, self._width - 2)
        lines: list[Text] = []
        fenced = False
        for raw in text.strip("\n").split("\n"):
            if raw.lstrip().startswith("```"):
                fenced = not fenced
                continue
            if fenced:
                line = Text(f" {raw} ", self.get_component_rich_style("chat--code"))
                lines.extend(line.wrap(self.app.console, width, overflow="fold", no_wrap=False))
            else:
                lines.extend(self._styled(raw).wrap(self.app.console, width, overflow="fold"))
        return lines

    def _styled(self, raw: str) -> Text:
        text = Text(style=self.get_component_rich_style("chat--text"))
        at = 0
        for found in _INLINE.finditer(raw):
            text.append(raw[at : found.start()])
            code, strong = found.groups()
            if code:
                text.append(code[1:-1], self.get_component_rich_style("chat--code"))
            else:
                text.append(strong[2:-2], self.get_component_rich_style("chat--strong"))
            at = found.end()
        text.append(raw[at:])
        return text
