"""Grading the candidate's own checks against the reference and every mutant.

The checks run in one process in which the entry points are stubs; each call goes through here to
a second process holding the reference or a mutant. Neither text is ever where the candidate's
code is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from interviewer.domain.scenario import Scenario
from interviewer.domain.session import sha
from interviewer.domain.test_run import CheckGrade, OwnCheck, OwnTestGrade, Verdict
from interviewer.errors import HarnessFailure
from interviewer.executor import programs
from interviewer.executor.cell import Cell
from interviewer.executor.remote import Solution
from interviewer.executor.stops import Stopped

MakeCell = Callable[[float], Cell]
_WHOLE_RUNS = 3  # how many times the scenario's total seconds all gradings together may take


class _Target:
    """The process that holds the reference or a mutant; started again after each death."""

    def __init__(self, make_cell: MakeCell, source: str, entry: tuple[str, ...], deadline: float) -> None:
        self._make_cell = make_cell
        self._source = source
        self._entry = entry
        self._deadline = deadline
        self._cell: Cell | None = None
        self._solution: Solution | None = None

    def entry_point(self, name: str) -> Callable[..., Any]:
        """A function that calls the entry point `name` over there."""

        def call(*args: Any, **kwargs: Any) -> Any:
            return getattr(self._ready(), name)(*args, **kwargs)

        return call

    def _ready(self) -> Solution:
        if self._cell and self._cell.stopped:
            self.close()
        if self._cell is None or self._solution is None:
            self._cell = self._make_cell(self._deadline)
            self._solution = self._cell.load(self._source, self._entry)
        return self._solution

    def close(self) -> None:
        cell, self._cell, self._solution = self._cell, None, None
        if cell:
            with suppress(HarnessFailure, Stopped):
                cell.close()


def _checks_on(
    make_cell: MakeCell, scenario: Scenario, candidate: str, target_source: str, whole_deadline: float
) -> dict[tuple[str, int], OwnCheck]:
    """How the candidate's checks come out on one target; a failure of the sandbox is retried once."""
    for attempt in (1, 2):
        deadline = min(time.monotonic() + scenario.limits.total_seconds, whole_deadline)
        target = _Target(make_cell, target_source, scenario.entry, deadline)
        cell = None
        try:
            cell = make_cell(deadline)
            stubs = {name: cell.export(target.entry_point(name))["id"] for name in scenario.entry}
            heard = programs.Checks()
            cell.on_event = heard.hear
            programs.execute(cell, candidate, scenario.entry, stubs, scenario.limits.total_seconds)
            return {(c.name, c.line): c for c in heard.all() if (c.name, c.line) not in heard.prints}
        except HarnessFailure:
            if attempt == 2:
                raise
        finally:
            target.close()
            if cell:
                cell.close()
    raise HarnessFailure("the sandbox failed")


def grade(make_cell: MakeCell, scenario: Scenario, source: str) -> OwnTestGrade:
    """Grade the checks in `source`. Never raises for anything it does."""
    whole_deadline = time.monotonic() + _WHOLE_RUNS * scenario.limits.total_seconds
    folder, message, graded = Path(scenario.path), "", 0
    right: dict[tuple[str, int], OwnCheck] = {}
    found: dict[tuple[str, int], OwnCheck] = {}
    kills: dict[tuple[str, int], list[str]] = {}
    killed: set[str] = set()
    try:
        reference = (folder / "reference.py").read_text("utf-8")
        found = _checks_on(make_cell, scenario, source, reference, whole_deadline)
        right = {key: check for key, check in found.items() if check.verdict is Verdict.PASSED}
        # A check that calls nothing cannot tell a mutant from the reference.
        telling = {key for key, check in right.items() if check.calls}
        for mutant in scenario.mutants if telling else ():
            if time.monotonic() >= whole_deadline:
                message = "not all mutants were tried: the time is used up"
                break
            text = (folder / "mutants" / f"{mutant.id}.py").read_text("utf-8")
            seen = _checks_on(make_cell, scenario, source, text, whole_deadline)
            graded += 1
            for key in telling:
                check = seen.get(key)
                if check is None or check.verdict is not Verdict.PASSED:
                    kills.setdefault(key, []).append(mutant.id)
                    killed.add(mutant.id)
        if not telling:
            graded = len(scenario.mutants)
    except (HarnessFailure, OSError) as error:
        message = f"own checks could not be graded: {error}"
    if not found and not message:
        message = "no own checks found"
    return OwnTestGrade(
        source_sha=sha(source),
        mutants=graded,
        killed=len(killed),
        checks=tuple(
            CheckGrade(
                name=check.name,
                line=check.line,
                right=key in right,
                kills=tuple(kills.get(key, ())),
                inputs=check.inputs,
                text=check.text,
            )
            for key, check in found.items()
        ),
        message=message,
    )
