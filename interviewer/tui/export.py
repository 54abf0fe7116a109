"""Writing a report to a file, through the renderer the app was given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from interviewer.tui.shelf import Record

Render = Callable[[Record, str], str]
"""A record as `md`, `html` or `json` text."""


def write(render: Render, record: Record, form: str, path: Path) -> None:
    """Write the report; raises OSError."""
    path.write_text(render(record, form), encoding="utf-8")
