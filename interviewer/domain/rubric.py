"""Rating levels, hire decisions and rubrics as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Seniority(StrEnum):
    """The level the candidate interviews for."""

    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"


class Level(StrEnum):
    """A rating. Ordered by `rank`; `MIXED` takes the place of `WEAK` where a rubric says so."""

    VERY_WEAK = "very_weak"
    WEAK = "weak"
    MIXED = "mixed"
    STRONG = "strong"
    VERY_STRONG = "very_strong"

    @property
    def rank(self) -> int:
        """0 for very weak up to 3 for very strong; weak and mixed are both 1."""
        return _RANK[self]

    @property
    def words(self) -> str:
        """The level as shown to people."""
        return self.value.replace("_", " ")


_RANK = {
    Level.VERY_WEAK: 0,
    Level.WEAK: 1,
    Level.MIXED: 1,
    Level.STRONG: 2,
    Level.VERY_STRONG: 3,
}
FOUR_LEVELS = (Level.VERY_WEAK, Level.WEAK, Level.STRONG, Level.VERY_STRONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelText:
    """What one level of one signal looks like, as observable conduct."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing a rubric rates."""

    id: str
    title: str
    definition: str
    levels: tuple[LevelText, ...]
    checklist: tuple[str, ...] = ()
    senior: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """What an overall level means for the hire decision and the level offered."""

    level: Level
    decision: str
    meaning: str
    levelling: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """One criterion of the weighted view; the weights of a rubric sum to 100."""

    id: str
    title: str
    weight: int
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A versioned set of signals with its decision mapping."""

    id: str
    version: int
    kind: str
    title: str
    formula: str
    signals: tuple[Signal, ...]
    decisions: tuple[DecisionRule, ...]
    weights: tuple[Weight, ...] = ()
    roles: tuple[Signal, ...] = ()
    notes: tuple[str, ...] = ()
