"""The report as one HTML page: no script, nothing loaded from elsewhere, all foreign text escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from interviewer.domain.events import SessionEvent
from interviewer.domain.phases import clock_text
from interviewer.domain.scorecard import Scorecard
from interviewer.reports import wording
from interviewer.reports.drawing import LANES, LEFT, ROW, WIDTH, bars, time_line
from interviewer.reports.timeline import timeline

if TYPE_CHECKING:
    from jinja2 import Template

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def page(card: Scorecard, log: Sequence[SessionEvent]) -> str:
    """The whole page, ending in a newline."""
    entries = timeline(card, log)
    text = _template().render(
        card=card,
        entries=entries,
        anchors=frozenset(e.seq for e in entries),
        words=wording,
        clock=clock_text,
        bars=bars(card),
        line=time_line(log),
        lanes=LANES,
        left=LEFT,
        row=ROW,
        width=WIDTH,
        titles={s.signal: s.title for s in card.signals},
    )
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text).rstrip() + "\n"


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = resources.files("interviewer.reports").joinpath("templates/report.html.j2").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)
