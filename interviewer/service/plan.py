"""The two-week plan: seven blocks of two days, what belongs to each, and what is due. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from interviewer.domain.rubric import Level
from interviewer.ports import SessionSummary

# Block, first and last day, title. Source: the study plan of the preparation notes.
WARM_UP_MINUTES = 15
BLOCKS = (
    ("linear", 1, 2, "Linear and logistic regression"),
    ("trees", 3, 4, "Trees and forests"),
    ("clustering", 5, 6, "K-means and nearest neighbours"),
    ("nets", 7, 8, "Neural nets and backpropagation"),
    ("data", 9, 10, "Data processing and features"),
    ("metrics", 11, 12, "Metrics"),
    ("practice", 13, 14, "Timed practice"),
)


class Practisable(Protocol):
    """What the plan must know of a scenario."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def minutes(self) -> int:
        """Recommended minutes."""
        ...

    @property
    def topics(self) -> tuple[str, ...]:
        """The blocks it belongs to."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One scenario of a block; `best` is the best rating so far, `last` when it was last held (ISO)."""

    scenario: str
    title: str
    minutes: int
    attempts: int
    best: str
    last: str

    @property
    def done(self) -> bool:
        """Whether it was rated strong or better."""
        return bool(self.best) and Level(self.best).rank >= Level.STRONG.rank


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBlock:
    """Two days of the plan."""

    id: str
    days: tuple[int, int]
    title: str
    items: tuple[PlanItem, ...]

    @property
    def done(self) -> int:
        """Number of scenarios rated strong or better."""
        return sum(item.done for item in self.items)


def two_week_plan(
    entries: Iterable[Practisable], sessions: Sequence[SessionSummary]
) -> tuple[PlanBlock, ...]:
    """The blocks with every scenario's progress. A scenario without a known topic is timed practice."""
    known = {block[0] for block in BLOCKS}
    listed = [(entry, _item(entry, sessions)) for entry in entries]
    return tuple(
        PlanBlock(
            id=block, days=(first, last), title=title,
            items=tuple(
                item
                for entry, item in listed
                if block in entry.topics or (block == "practice" and not known & set(entry.topics))
            ),
        )
        for block, first, last, title in BLOCKS
    )  # fmt: skip


def due(plan: Sequence[PlanBlock]) -> PlanItem | None:
    """What to practise next: the plan's first scenario never held, else the weakest, oldest not done.

    The very first is a warm-up. None when everything is rated strong or better, or there is nothing.
    """
    items = list({item.scenario: item for block in plan for item in block.items}.values())
    short = [item for item in items if item.minutes <= WARM_UP_MINUTES]
    if short and not any(item.attempts for item in items):
        return short[0]
    fresh = [item for item in items if not item.attempts]
    if fresh:
        return fresh[0]
    open_ones = [item for item in items if not item.done]
    return min(open_ones, key=lambda item: (_rank(item.best), item.last), default=None)


def _item(entry: Practisable, sessions: Sequence[SessionSummary]) -> PlanItem:
    held = [session for session in sessions if session.scenario == entry.id]
    best = max((session.overall for session in held), key=_rank, default="")
    return PlanItem(
        scenario=entry.id, title=entry.title, minutes=entry.minutes, attempts=len(held), best=best,
        last=max((session.started_at for session in held), default=""),
    )  # fmt: skip


def _rank(level: str) -> int:
    return Level(level).rank if level else -1
