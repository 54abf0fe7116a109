"""The clock."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Seconds on a clock that never runs back; only differences mean anything."""

    def now(self) -> float:
        """Seconds."""
        ...
