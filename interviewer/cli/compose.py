"""The composition root: which adapter stands behind which port. Everything heavy is imported late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.config import Places, Settings, load_settings, places

if TYPE_CHECKING:
    from interviewer.content import Catalogue, ScenarioEntry
    from interviewer.domain.rubric import Rubric
    from interviewer.domain.scenario import Scenario
    from interviewer.ports import Clock, Executor, Interviewer, Listener, Rater, SessionStore
    from interviewer.service.service import InterviewService


@dataclass(frozen=True)
class Home:
    """One user's folders and settings, and the content folders named on the command line."""

    places: Places
    extra: tuple[Path, ...] = ()

    @cached_property
    def settings(self) -> Settings:
        """The settings file, read once; raises ConfigError."""
        return load_settings(self.places.settings)

    @cached_property
    def library(self) -> ContentLibrary:
        """Scenarios and rubrics: shipped, the user's own, those of the settings, those of the call."""
        from interviewer.content import Catalogue, content_roots

        roots = content_roots((*self.settings.content, *self.extra), user=self.places.content)
        return ContentLibrary(Catalogue(roots))

    def store(self) -> SessionStore:
        """The store on disk; raises StoreError."""
        from interviewer.storage import SqliteStore

        return SqliteStore(self.places.data)


def open_home(extra: Sequence[Path] = ()) -> Home:
    """The home of whoever runs the program."""
    return Home(places(), tuple(extra))


class ContentLibrary:
    """The catalogue and the rubrics of the same roots, as the service wants them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def ids(self) -> Iterable[str]:
        """Ids of all scenarios."""
        return self.catalogue.ids()

    def index(self) -> tuple[ScenarioEntry, ...]:
        """One line for each scenario."""
        return self.catalogue.index()

    def get(self, scenario_id: str) -> Scenario:
        """A scenario; raises UnknownName, ContentError."""
        return self.catalogue.get(scenario_id)

    def rubric(self, rubric_id: str) -> Rubric:
        """A rubric; raises UnknownName, ContentError."""
        from interviewer.content import load_rubric

        return load_rubric(rubric_id, self.catalogue.roots)


def compose(
    home: Home,
    *,
    store: SessionStore | None = None,
    clock: Clock | None = None,
    executor: Executor | None = None,
) -> InterviewService:
    """The service with its real adapters; `store`, `clock` and `executor` replace one each."""
    from interviewer import __version__
    from interviewer.service.clocks import MonotonicClock
    from interviewer.service.service import InterviewService, Ports

    return InterviewService(
        Ports(
            store=store if store is not None else home.store(),
            executor=executor if executor is not None else make_executor(),
            library=home.library,
            interviewer=interviewer_factory(home),
            listener=make_listener,
            rater=rules_rater(),
            clock=clock if clock is not None else MonotonicClock(),
            now_iso=now_iso,
            new_id=new_id,
            versions={"program": __version__},
        )
    )


def make_executor() -> Executor:
    """The executor of this machine."""
    from interviewer.executor import LocalExecutor

    return LocalExecutor()


def make_listener(scenario: Scenario) -> Listener:
    """Whoever the interviewer is, turns are understood by the same rules."""
    from interviewer.dialogue.offline import ScenarioListener

    return ScenarioListener(scenario)


def rules_rater() -> Rater:
    """The deterministic rater."""
    from interviewer.scoring.rules import RulesRater

    return RulesRater()


def interviewer_factory(home: Home) -> Callable[[str, Scenario, int], Interviewer]:
    """Builds interviewers by name: `offline`, or a model of the settings or a preset."""

    def build(name: str, scenario: Scenario, seed: int) -> Interviewer:
        from interviewer.dialogue.offline import OfflineInterviewer

        if name in ("", "offline"):
            return OfflineInterviewer(scenario, seed)
        from interviewer.cli.models import find, key_file
        from interviewer.content import load_prompt
        from interviewer.dialogue.llm.make import interview_prompts, make_model_interviewer

        roots = home.library.catalogue.roots
        return make_model_interviewer(
            find(home, name),
            scenario,
            interview_prompts(lambda prompt: load_prompt(prompt, roots)),
            fallback=OfflineInterviewer(scenario, seed),
            key_file=key_file(home),
        )

    return build


def now_iso() -> str:
    """The present moment, UTC, ISO 8601."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def new_id() -> str:
    """A fresh session id: eight letters and digits."""
    import secrets

    return secrets.token_hex(4)
