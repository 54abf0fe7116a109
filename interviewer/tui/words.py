"""Ratings, dates and lengths in words, led by glyphs that need no colour."""

from __future__ import annotations

from interviewer.domain.rubric import Level


def dots(level: Level | None) -> str:
    """`●●●○` for strong; `····` when there is no rating."""
    return "····" if level is None else "●" * (level.rank + 1) + "○" * (3 - level.rank)


def rated(level: Level | None) -> str:
    """Glyphs and word of a rating."""
    return f"{dots(level)} {level.words if level is not None else 'not assessed'}"


LEVEL_COLOUR = {0: "$error", 1: "$warning", 2: "$success", 3: "$success"}


def level_colour(level: Level | None) -> str:
    """The colour that goes with a rating; the words say the same."""
    return "$quiet" if level is None else LEVEL_COLOUR[level.rank]


def day(iso: str) -> str:
    """`2026-11-23 08:15` of an ISO 8601 time."""
    return iso[:16].replace("T", " ")


def length(minutes: float | None) -> str:
    """`45 min`, or `untimed`."""
    return "untimed" if not minutes else f"{minutes:g} min"
