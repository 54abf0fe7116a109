"""What the first screen needs to know of scenarios and sessions, read in a worker thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from interviewer.domain import events as ev
from interviewer.domain.phases import Kind
from interviewer.domain.rubric import Level, Rubric, Seniority
from interviewer.domain.scenario import QuestionType, Scenario
from interviewer.domain.scorecard import Scorecard
from interviewer.ports import SessionSummary
from interviewer.service.service import InterviewService


class ListedScenario(Protocol):
    """The head of a scenario: what a list shows."""

    @property
    def id(self) -> str:
        """Its name."""
        ...

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def kind(self) -> Kind:
        """What sort of interview it makes."""
        ...

    @property
    def question_type(self) -> QuestionType:
        """What is to be produced."""
        ...

    @property
    def level(self) -> Seniority:
        """Whom it is for."""
        ...

    @property
    def minutes(self) -> int:
        """How long it takes."""
        ...


@runtime_checkable
class Indexed(Protocol):
    """A library that can list without loading."""

    def index(self) -> Iterable[ListedScenario]:
        """The heads of all scenarios."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRow:
    """One scenario as the list shows it; `last` is the newest rating's words, empty when never rated."""

    id: str
    title: str
    kind: Kind
    question_type: QuestionType
    level: Seniority
    minutes: int
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything on the first screen."""

    scenarios: tuple[ScenarioRow, ...]
    sessions: tuple[SessionSummary, ...]

    @property
    def first_time(self) -> bool:
        """Whether nobody has practised here yet."""
        return not self.sessions

    def title(self, scenario_id: str) -> str:
        """A scenario's title; its id when it is no longer there."""
        return next((row.title for row in self.scenarios if row.id == scenario_id), scenario_id)


def contents(service: InterviewService) -> Contents:
    """Read the catalogue's heads and the history; raises StoreError."""
    sessions = service.ports.store.sessions()
    newest: dict[str, str] = {}
    for summary in sessions:
        if summary.overall:
            newest.setdefault(summary.scenario, Level(summary.overall).words)
    library = service.ports.library
    listed: Iterable[ListedScenario] = (
        library.index() if isinstance(library, Indexed) else [library.get(i) for i in library.ids()]
    )
    rows = tuple(
        ScenarioRow(
            id=entry.id,
            title=entry.title,
            kind=entry.kind,
            question_type=entry.question_type,
            level=entry.level,
            minutes=entry.minutes,
            last=newest.get(entry.id, ""),
        )
        for entry in listed
    )
    return Contents(scenarios=rows, sessions=sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A finished session: what its report screen shows."""

    log: tuple[ev.SessionEvent, ...]
    scenario: Scenario | None
    rubric: Rubric | None
    scorecard: Scorecard | None


def record(service: InterviewService, prefix: str) -> Record:
    """Read a stored session; raises UnknownName, StoreError."""
    log = service.ports.store.events(service.ports.store.find(prefix))
    card = next((event.scorecard for event in reversed(log) if isinstance(event, ev.Scored)), None)
    started = next((event for event in log if isinstance(event, ev.SessionStarted)), None)
    scenario = rubric = None
    if started is not None and started.scenario in service.ports.library.ids():
        scenario = service.ports.library.get(started.scenario)
        rubric = service.ports.library.rubric(card.rubric if card is not None else scenario.rubric)
    return Record(log=log, scenario=scenario, rubric=rubric, scorecard=card)


def brief(service: InterviewService, scenario_id: str) -> str:
    """A scenario's brief, read without loading the rest where the catalogue knows its folder."""
    library = service.ports.library
    if isinstance(library, Indexed):
        for entry in library.index():
            folder = getattr(entry, "path", None)
            if entry.id == scenario_id and isinstance(folder, Path):
                return (folder / "brief.md").read_text(encoding="utf-8", errors="replace")
    return library.get(scenario_id).brief
