from __future__ import annotations

from dataclasses import dataclass

from interviewer.ports import SessionSummary
from interviewer.service.plan import BLOCKS, due, two_week_plan


@dataclass(frozen=True)
class Entry:
    id: str
    topics: tuple[str, ...]
    minutes: int = 45

    @property
    def title(self) -> str:
        return self.id.title()


def held(scenario: str, day: int, overall: str = "") -> SessionSummary:
    return SessionSummary(
        session=f"{scenario}{day}", scenario=scenario, company="free", seniority="mid",
        started_at=f"2030-01-{day:02d}T10:00:00Z", seconds=60.0, events=9, ended=bool(overall),
        overall=overall,
    )  # fmt: skip


ENTRIES = (
    Entry("warm", ("metrics",), 10), Entry("auc", ("metrics",)), Entry("line", ("linear",)),
    Entry("odd", ("astronomy",)), Entry("both", ("trees", "data")),
)  # fmt: skip


def test_fourteen_days_without_a_gap() -> None:
    days = [day for block in BLOCKS for day in range(block[1], block[2] + 1)]
    assert days == list(range(1, 15))


def test_every_scenario_has_a_place() -> None:
    plan = two_week_plan(ENTRIES, ())
    placed = {block.id: [item.scenario for item in block.items] for block in plan}
    assert placed["metrics"] == ["warm", "auc"]
    assert placed["trees"] == placed["data"] == ["both"]
    assert placed["practice"] == ["odd"]


def test_the_first_is_a_warm_up_then_the_plan_goes_in_order() -> None:
    def next_of(*sessions: SessionSummary) -> str | None:
        item = due(two_week_plan(ENTRIES, sessions))
        return item.scenario if item is not None else None

    assert next_of() == "warm"
    assert next_of(held("warm", 1, "strong")) == "line"
    assert next_of(held("warm", 1, "strong"), held("line", 2, "weak")) == "both"


def test_when_all_were_held_the_weakest_and_oldest_is_due() -> None:
    sessions = [
        held("warm", 1, "strong"), held("auc", 2, "weak"), held("line", 3, "very_weak"),
        held("odd", 4, "very_weak"), held("both", 5, "very_strong"),
    ]  # fmt: skip
    item = due(two_week_plan(ENTRIES, sessions))
    assert item is not None
    assert item.scenario == "line"
    sessions.append(held("line", 6, "strong"))
    item = due(two_week_plan(ENTRIES, sessions))
    assert item is not None
    assert item.scenario == "odd"


def test_nothing_is_due_when_all_is_strong_or_nothing_there() -> None:
    assert due(two_week_plan(ENTRIES, [held(e.id, 1, "strong") for e in ENTRIES])) is None
    assert due(two_week_plan((), ())) is None


def test_the_best_rating_counts_not_the_last() -> None:
    plan = two_week_plan(ENTRIES, [held("auc", 1, "strong"), held("auc", 2, "weak"), held("auc", 3)])
    [item] = [i for block in plan for i in block.items if i.scenario == "auc"]
    assert (item.best, item.attempts, item.done) == ("strong", 3, True)
    assert item.last.startswith("2030-01-03")
