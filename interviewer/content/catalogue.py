"""All scenarios of all content roots: a quick index for lists, full loading on demand."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from interviewer.content.roots import ContentRoot, content_roots
from interviewer.content.rubrics import load_rubric
from interviewer.content.scenarios import TOML, load_scenario
from interviewer.domain.phases import Kind
from interviewer.domain.rubric import Rubric, Seniority
from interviewer.domain.scenario import Pattern, QuestionType, Scenario
from interviewer.errors import ContentError, Problem, UnknownName


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEntry:
    """One line of the catalogue; `pack` is empty for shipped scenarios, else the pack's folder."""

    id: str
    title: str
    kind: Kind
    question_type: QuestionType
    patterns: tuple[Pattern, ...]
    level: Seniority
    minutes: int
    topics: tuple[str, ...]
    path: Path
    pack: str = ""


@dataclass(frozen=True, slots=True)
class _Index:
    entries: dict[str, ScenarioEntry]
    problems: tuple[Problem, ...]


class Catalogue:
    """The scenarios of `roots`. A broken one is reported and left out; the rest works.

    `index` and `ids` read only the head of each file and need neither pydantic nor NumPy.
    """

    def __init__(self, roots: Sequence[ContentRoot] | None = None) -> None:
        self.roots = tuple(roots) if roots is not None else content_roots()
        self._loaded: dict[str, Scenario] = {}
        self._broken: dict[str, tuple[Problem, ...]] = {}

    def index(self) -> tuple[ScenarioEntry, ...]:
        """One entry per scenario, ordered by kind, then id; those found broken so far are left out."""
        return tuple(e for e in self._index.entries.values() if e.id not in self._broken)

    def ids(self) -> tuple[str, ...]:
        """The ids of `index`."""
        return tuple(e.id for e in self.index())

    def entry(self, scenario_id: str) -> ScenarioEntry:
        """One line of the index; raises UnknownName."""
        try:
            return self._index.entries[scenario_id]
        except KeyError:
            raise UnknownName("scenario", scenario_id, self.ids()) from None

    def get(self, scenario_id: str) -> Scenario:
        """A whole scenario; raises UnknownName, or ContentError with all its problems."""
        if scenario_id not in self._loaded:
            if scenario_id not in self._index.entries:
                broken = [p for p in self._index.problems if f"/{scenario_id}/" in p.file]
                if broken:
                    raise ContentError(broken)
            entry = self.entry(scenario_id)
            try:
                self._loaded[scenario_id] = load_scenario(entry.path)
            except ContentError as error:
                self._broken[scenario_id] = error.problems
                raise
        return self._loaded[scenario_id]

    def rubric(self, rubric_id: str) -> Rubric:
        """A rubric of these roots; raises UnknownName or ContentError."""
        return load_rubric(rubric_id, self.roots)

    def problems(self) -> tuple[Problem, ...]:
        """Load everything and return every problem; afterwards `index` holds only what loads."""
        for scenario_id in tuple(self._index.entries):
            if scenario_id not in self._broken:
                try:
                    self.get(scenario_id)
                except ContentError:
                    continue
        found = list(self._index.problems)
        for broken in self._broken.values():
            found += broken
        return tuple(found)

    def folders(self) -> tuple[Path, ...]:
        """Every scenario folder, those with broken heads too."""
        return tuple(folder for root in self.roots for folder in scenario_folders(root))

    @cached_property
    def _index(self) -> _Index:
        entries: dict[str, ScenarioEntry] = {}
        problems: list[Problem] = []
        for root in self.roots:
            for folder in scenario_folders(root):
                file = f"{folder.parent.name}/{folder.name}/{TOML}"
                try:
                    entry = _entry(folder, root.pack)
                except (OSError, ValueError, KeyError, TypeError, AttributeError):
                    problems += _problems_of(folder, file)
                    continue
                if entry.id in entries:
                    taken = entries[entry.id].path
                    problems.append(
                        Problem(str(folder / TOML), f"{entry.id!r} is taken by {taken}", key="id")
                    )
                    continue
                entries[entry.id] = entry
        kinds = list(Kind)
        ordered = sorted(entries.values(), key=lambda e: (kinds.index(e.kind), e.id))
        return _Index({e.id: e for e in ordered}, tuple(problems))


def scenario_folders(root: ContentRoot) -> tuple[Path, ...]:
    """The scenario folders of a root; names that start with `_` or `.` are not scenarios."""
    if not root.scenarios.is_dir():
        return ()
    return tuple(
        path
        for path in sorted(root.scenarios.iterdir())
        if not path.name.startswith(("_", ".")) and (path / TOML).is_file()
    )


def head(text: str) -> dict[str, Any]:
    """The keys before the first table of a TOML text, parsed without the rest (50 times as fast)."""
    lines = []
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            break
        lines.append(line)
    try:
        return tomllib.loads("".join(lines))
    except tomllib.TOMLDecodeError:
        # A line of a multi-line string may start with a bracket.
        return tomllib.loads(text)


def _entry(folder: Path, pack: str) -> ScenarioEntry:
    data = head((folder / TOML).read_text(encoding="utf-8"))
    if data["id"] != folder.name:
        raise ValueError("id is not the folder's name")
    title, minutes = data["title"], data["minutes"]
    if not isinstance(title, str) or not isinstance(minutes, int):
        raise TypeError("title or minutes")
    return ScenarioEntry(
        id=folder.name,
        title=title,
        kind=Kind(data["kind"]),
        question_type=QuestionType(data["question_type"]),
        patterns=tuple(Pattern(p) for p in data["patterns"]),
        level=Seniority(data["level"]),
        minutes=minutes,
        topics=tuple(data.get("topics", ())),
        path=folder,
        pack=pack,
    )


def _problems_of(folder: Path, file: str) -> tuple[Problem, ...]:
    try:
        load_scenario(folder)
    except ContentError as error:
        return error.problems
    return (Problem(file, "has no readable head", remedy="put the plain keys before the first [table]"),)
