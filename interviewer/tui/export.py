"""Writing a report to a file, through the renderer the app was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from interviewer.domain.events import SessionEvent
from interviewer.domain.scorecard import Scorecard
from interviewer.tui.shelf import Record

Render = Callable[[Scorecard, Sequence[SessionEvent], str], str]
"""A scorecard and its log as `md`, `html` or `json` text."""


def write(render: Render, record: Record, form: str, path: Path) -> None:
    """Write the report of a rated session; raises OSError."""
    if record.scorecard is not None:
        path.write_text(render(record.scorecard, record.log, form), encoding="utf-8")
