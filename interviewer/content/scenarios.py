"""Load one scenario folder into a `Scenario`, or say everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from interviewer.content.roots import own_root, shown
from interviewer.content.shape import build, parse_toml, read_text, unknown_keys
from interviewer.domain.phases import Kind
from interviewer.domain.scenario import Fact, Scenario
from interviewer.errors import ContentError, Problem

FORMAT = 1
TOML = "scenario.toml"
COMMON = "common_facts.toml"
# Filled from the other files of the folder, never from scenario.toml.
FROM_FILES = ("brief", "guide", "starter", "digest", "path")
# What only an interview with code needs.
CODING_ONLY = ("signatures", "entry", "interjections", "decisions", "tests", "mutants")
CODE_FILES = ("starter.py", "reference.py", "tests.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class _CommonFacts:
    facts: tuple[Fact, ...]


def load_scenario(folder: Path, *, common: Path | None = None, without_kills: bool = False) -> Scenario:
    """The scenario in `folder`, with the common facts merged in.

    `common` is the file of common facts; by default the one beside the folder, else the shipped one.
    `without_kills` leaves every `killed_by` empty, for the one who is about to measure them.
    Raises ContentError that carries every problem of every file.
    """
    label = f"{folder.parent.name}/{folder.name}"
    if not folder.is_dir():
        raise ContentError([Problem(label, "is not a folder")])
    file = f"{label}/{TOML}"
    problems: list[Problem] = []
    texts = {
        name: _text(folder / name, f"{label}/{name}", problems) for name in ("brief.md", "guide.md", TOML)
    }
    toml = texts[TOML]
    if toml is None:
        raise ContentError(problems)
    try:
        data = parse_toml(toml, file)
    except ContentError as error:
        raise ContentError([*problems, *error.problems]) from None

    coding = data.get("kind", "coding") == Kind.CODING.value
    starter = ""
    if coding:
        for name in CODE_FILES:
            found = _text(folder / name, f"{label}/{name}", problems)
            if name == "starter.py":
                starter = found or ""
    problems += _format_problems(data, file, folder)
    data.pop("format", None)
    problems += _given_elsewhere(data, file)
    for key in FROM_FILES:
        data.pop(key, None)
    _fill(data, coding, without_kills)
    facts = common_facts(common or common_file(folder))
    scenario = _build(data, texts, starter, file, problems)
    if scenario is not None:
        # The matcher's modules are no part of what a list of scenarios needs.
        from interviewer.content.names import name_problems

        merged = _merge(scenario, facts if coding else ())
        problems += name_problems(scenario, merged, folder, file)
        if not problems:
            return replace(merged, digest=digest(folder, common or common_file(folder)), path=str(folder))
    raise ContentError(problems)


def common_file(folder: Path) -> Path:
    """The file of common facts that holds for a scenario folder."""
    beside = folder.parent / COMMON
    return beside if beside.is_file() else own_root().scenarios / COMMON


def common_facts(path: Path) -> tuple[Fact, ...]:
    """The facts every coding scenario shares; none when the file is not there."""
    if not path.is_file():
        return ()
    file = shown(path, path.parent.parent)
    data = parse_toml(read_text(path, file), file)
    return build(_CommonFacts, data, file).facts


def own_facts(scenario: Scenario, common: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts the scenario's own file gives, without the `common` ones merged in."""
    shared = {_with_libraries(f, scenario.libraries) for f in common}
    return tuple(f for f in scenario.facts if f not in shared)


def scenario_files(folder: Path) -> Iterator[Path]:
    """The files that make up a scenario, in a fixed order; caches and hidden files are no part of it."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(p.startswith((".", "__pycache__")) for p in parts):
            yield path


def digest(folder: Path, common: Path | None = None) -> str:
    """Sixteen hex digits that change whenever a file of the scenario or the common facts change."""
    sha = hashlib.sha256()
    for path in scenario_files(folder):
        _feed(sha, path.relative_to(folder).as_posix(), path.read_bytes())
    if common is not None and common.is_file():
        _feed(sha, COMMON, common.read_bytes())
    return sha.hexdigest()[:16]


def _feed(sha: Any, name: str, content: bytes) -> None:
    sha.update(f"{name}\0{len(content)}\0".encode())
    sha.update(content)


def _text(path: Path, file: str, problems: list[Problem]) -> str | None:
    try:
        return read_text(path, file)
    except ContentError as error:
        problems += error.problems
        return None


def _format_problems(data: dict[str, Any], file: str, folder: Path) -> list[Problem]:
    problems = []
    given = data.get("format")
    if given is None:
        problems.append(Problem(file, "is missing", key="format", remedy=f"add format = {FORMAT}"))
    elif given != FORMAT:
        remedy = (
            "update the program" if isinstance(given, int) and given > FORMAT else f"use format = {FORMAT}"
        )
        problems.append(Problem(file, f"{given!r} is not known here", key="format", remedy=remedy))
    wanted = folder.name.lstrip("_")
    if isinstance(data.get("id"), str) and data["id"] != wanted:
        problems.append(
            Problem(file, f"{data['id']!r} is not the folder's name", key="id", remedy=f'use id = "{wanted}"')
        )
    return problems


def _given_elsewhere(data: dict[str, Any], file: str) -> list[Problem]:
    elsewhere = {"brief": "brief.md", "guide": "guide.md", "starter": "starter.py"}
    return [
        Problem(file, "does not belong here", key=key, remedy=f"write it to {elsewhere[key]}")
        if key in elsewhere
        else unknown_keys(Scenario, {key: data[key]}, file, omit=FROM_FILES)[0]
        for key in FROM_FILES
        if key in data
    ]


def _fill(data: dict[str, Any], coding: bool, without_kills: bool) -> None:
    if not coding:
        for key in CODING_ONLY:
            data.setdefault(key, [])
        data.setdefault("libraries", [])
    mutants = data.get("mutants")
    for mutant in mutants if isinstance(mutants, list) else []:
        if isinstance(mutant, dict):
            mutant.setdefault("killed_by", [])
            if without_kills:
                mutant["killed_by"] = []


def _build(
    data: dict[str, Any], texts: dict[str, str | None], starter: str, file: str, problems: list[Problem]
) -> Scenario | None:
    filled = {**data, "brief": texts["brief.md"] or "", "guide": texts["guide.md"] or "", "starter": starter}
    try:
        return build(Scenario, filled, file)
    except ContentError as error:
        problems += error.problems
        return None


def _merge(scenario: Scenario, common: Sequence[Fact]) -> Scenario:
    own = {fact.id for fact in scenario.facts}
    shared = tuple(_with_libraries(f, scenario.libraries) for f in common if f.id not in own)
    return replace(scenario, facts=scenario.facts + shared)


def _with_libraries(fact: Fact, libraries: Sequence[str]) -> Fact:
    spelt = {"numpy": "NumPy"}
    names = ", ".join(spelt.get(name, name) for name in libraries)
    return replace(
        fact, answer=fact.answer.replace("{libraries} and the", f"{names} and the" if names else "The")
    )


SCENARIO_KEYS = tuple(f.name for f in fields(Scenario) if f.name not in FROM_FILES)
