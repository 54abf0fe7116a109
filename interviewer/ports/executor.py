"""Where the candidate's code runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from interviewer.domain.scenario import Scenario, TestSpec
from interviewer.domain.test_run import OwnTestGrade, ProgramRun, TestResult, TestRun

OnResult = Callable[[TestResult], None]
OnOutput = Callable[[str], None]


class Executor(Protocol):
    """Runs the candidate's code, contained. Blocking; safe to call from a worker thread."""

    def warm(self, libraries: Sequence[str] = ("numpy",)) -> None:
        """Get ready, so that the first run of code that may use `libraries` is as fast as the others."""
        ...

    def run_tests(
        self,
        scenario: Scenario,
        source: str,
        *,
        tests: Sequence[TestSpec],
        seed: int = 0,
        recognise: bool = False,
        on_result: OnResult | None = None,
    ) -> TestRun:
        """Run `tests` of the scenario against `source`; `on_result` is called after each."""
        ...

    def run_program(
        self, scenario: Scenario, source: str, *, on_output: OnOutput | None = None
    ) -> ProgramRun:
        """Run the file as a program; `on_output` gets sanitised output as it comes."""
        ...

    def grade_own_tests(self, scenario: Scenario, source: str) -> OwnTestGrade:
        """Run the candidate's own checks against the reference and every mutant."""
        ...

    def sandbox(self) -> dict[str, str]:
        """Each containment layer: `on`, `off`, or why it is missing."""
        ...

    def close(self) -> None:
        """End all child processes."""
        ...
