"""Personas: scripted candidates as data, and what each scenario lends them.

A persona says *how* somebody behaves; the scenario's own probes, decisions and solutions supply
*what* is said and written, and `evals/candidates/<scenario>.toml` the candidate's own checks.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from interviewer.domain.rubric import Level
from interviewer.errors import ContentError, Problem, UnknownName, nearest


class Reply(StrEnum):
    """How a persona answers when it is asked something unprompted."""

    REASON = "reason"
    SHORT_REASON = "short_reason"
    VAGUE = "vague"
    OK = "ok"
    DEFENSIVE = "defensive"
    SILENT = "silent"


class CodePath(StrEnum):
    """A stage of the code a persona writes; a persona goes through a sequence of them."""

    SOLUTION = "solution"
    BUG = "bug"
    WRONG = "wrong"
    LIBRARY = "library"
    RANDOM = "random"
    INJECTED = "injected"
    POLISH = "polish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """How a scripted candidate behaves.

    Shares are 0..1: `ask` of the essential facts before coding and `ask_late` after it began,
    `narrate` of the three-minute coding windows, `justify` of the decisions unprompted (`vague` of
    them without a sound reason), `follow_up` of a follow-up's points. `misconceive` counts decisions
    explained by a usual misconception, `tangents` the stories told each time something was typed.
    `asks` is the style of the questions: `plain`, `no_term`, `non_native` or `assumption`.
    `announces` tells whether the persona moves through the phases before coding at all. `expected`
    gives the allowed levels per signal and overall.
    """

    id: str
    behaviour: str
    expected: dict[str, tuple[Level, ...]]
    ask: float = 0.0
    ask_late: float = 0.0
    asks: str = "plain"
    restate: bool = False
    outline: bool = False
    announces: bool = True
    theory: int = 0
    code: tuple[CodePath, ...] = ()
    narrate: float = 0.0
    narrate_first: float = 0.0
    justify: float = 0.0
    vague: float = 0.0
    misconceive: int = 0
    tangents: int = 0
    checks: int = 0
    edge_checks: int = 0
    walkthrough: bool = False
    interjection: Reply = Reply.REASON
    acts: bool = True
    probe: Reply = Reply.REASON
    follow_up: float = 0.0
    hints: int = 0
    extractions: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    polish_minutes: float = 0.0
    runs: bool = True
    present: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChecks:
    """What a careful candidate would check in one scenario, as Python statements and as speech."""

    scenario: str
    core: tuple[str, ...]
    edge: tuple[str, ...]
    walkthrough: str
    bug: str = ""
    wrong: str = ""
    library: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """All personas of a folder, in file order."""

    personas: tuple[Persona, ...]
    by_id: dict[str, Persona] = field(default_factory=dict)

    def get(self, persona_id: str) -> Persona:
        """The persona with this id; raises UnknownName."""
        if persona_id not in self.by_id:
            raise UnknownName("persona", persona_id, self.by_id)
        return self.by_id[persona_id]


def load_cast(path: Path) -> Cast:
    """Read `evals/personas.toml`; raises ContentError with every problem of the file."""
    problems: list[Problem] = []
    rows = _read(path, problems).get("persona", [])
    known = {f.name for f in fields(Persona)}
    personas: list[Persona] = []
    for number, row in enumerate(rows):
        key = f"persona[{number}]"
        for name in row.keys() - known:
            problems.append(_unknown(path, key, name, known))
        try:
            personas.append(_persona({k: v for k, v in row.items() if k in known}))
        except (KeyError, TypeError, ValueError) as error:
            problems.append(Problem(file=str(path), key=key, message=f"cannot be read: {error}"))
    if not rows and not problems:
        problems.append(Problem(file=str(path), message="holds no [[persona]]"))
    if problems:
        raise ContentError(problems)
    return Cast(tuple(personas), {p.id: p for p in personas})


def load_own_checks(path: Path) -> OwnChecks:
    """Read `evals/candidates/<scenario>.toml`; raises ContentError with every problem of the file."""
    problems: list[Problem] = []
    row = _read(path, problems)
    known = {f.name for f in fields(OwnChecks)} - {"scenario"}
    for name in row.keys() - known:
        problems.append(_unknown(path, "", name, known))
    for name in ("core", "edge", "walkthrough"):
        if name not in row and not problems:
            problems.append(Problem(file=str(path), key=name, message="is missing"))
    if problems:
        raise ContentError(problems)
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return OwnChecks(scenario=path.stem, **values)


def _read(path: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problems.append(Problem(file=str(path), message=f"cannot be read: {error.strerror}"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(file=str(path), message=f"is not TOML: {error}"))
    return {}


def _unknown(path: Path, key: str, name: str, known: set[str]) -> Problem:
    near = nearest(name, known)
    where = f"{key}.{name}" if key else name
    remedy = f"did you mean {near}?" if near else ""
    return Problem(file=str(path), key=where, message="is unknown", remedy=remedy)


def _persona(row: dict[str, Any]) -> Persona:
    values = dict(row)
    values["expected"] = {
        signal: tuple(Level(level) for level in levels) for signal, levels in row["expected"].items()
    }
    if "code" in row:
        values["code"] = tuple(CodePath(stage) for stage in row["code"])
    for name in ("interjection", "probe"):
        if name in row:
            values[name] = Reply(row[name])
    for name in ("extractions", "says"):
        if name in row:
            values[name] = tuple(row[name])
    return Persona(**values)
