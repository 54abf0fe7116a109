"""What a check found, as values and as the JSON contract of `check --json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from interviewer.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioReport:
    """One scenario's check. `mutants` maps each mutant to the tests that kill it, in the tests' order.

    `not_run` names solutions that need a library this machine has not, which proves less and is no
    problem. `ms` is wall-clock milliseconds; `cached` says the files had not changed since the last check.
    """

    id: str
    problems: tuple[Problem, ...] = ()
    mutants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ms: float = 0.0
    cached: bool = False
    not_run: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.problems

    def to_json(self) -> dict[str, Any]:
        """The scenario's part of the JSON contract."""
        return {
            "ok": self.ok,
            "problems": [asdict(p) for p in self.problems],
            "mutants": {name: list(tests) for name, tests in self.mutants.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The check of many scenarios, in the order they were asked for.

    `problems` are those of rubrics, prompts and packs, which belong to no scenario.
    """

    scenarios: tuple[ScenarioReport, ...]
    problems: tuple[Problem, ...] = ()
    ms: float = 0.0

    @property
    def ok(self) -> bool:
        """True when nothing is wrong anywhere."""
        return not self.problems and all(s.ok for s in self.scenarios)

    def to_json(self) -> dict[str, Any]:
        """One document: `{ok, scenarios: {id: {ok, problems, mutants}}, problems}`."""
        return {
            "ok": self.ok,
            "scenarios": {s.id: s.to_json() for s in self.scenarios},
            "problems": [asdict(p) for p in self.problems],
        }


def kill_matrix(report: ScenarioReport, tests: Sequence[str] = ()) -> list[str]:
    """The mutants and the tests that kill them as lines of text; a survivor is shouted."""
    names = list(tests) or list(dict.fromkeys(t for killed in report.mutants.values() for t in killed))
    width = max((len(m) for m in report.mutants), default=0)
    lines = [f"{'':{width}}  {n + 1:>2} {name}" for n, name in enumerate(names)]
    lines.append(f"{'':{width}}  " + " ".join(f"{n + 1:>2}" for n in range(len(names))))
    for mutant, killed in report.mutants.items():
        marks = " ".join(" x" if name in killed else " ." for name in names)
        lines.append(f"{mutant:{width}}  {marks}" + ("" if killed else "  SURVIVED"))
    alike: dict[tuple[str, ...], list[str]] = {}
    for mutant, killed in report.mutants.items():
        alike.setdefault(tuple(killed), []).append(mutant)
    for killed, mutants in alike.items():
        if killed and len(mutants) > 1:
            lines.append(f"cannot be told apart: {', '.join(mutants)}")
    return lines
