"""Clocks: the real one, and one that a script moves."""

from __future__ import annotations

import time


class MonotonicClock:
    """The machine's monotonic clock."""

    def now(self) -> float:
        """Seconds since an arbitrary moment."""
        return time.monotonic()


class SimulatedClock:
    """A clock that stands until it is told to move, so that whole interviews replay exactly."""

    def __init__(self, start: float = 0.0) -> None:
        self._now = start

    def now(self) -> float:
        """Seconds since `start`, plus `start`."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass; negative seconds are an error, because time never runs back."""
        if seconds < 0:
            raise ValueError("time never runs back")
        self._now += seconds
