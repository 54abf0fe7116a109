"""What running the candidate's code produced: values, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """How one test or program ended. `HARNESS_ERROR` is ours and never charged to the candidate."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
    HARNESS_ERROR = "harness_error"


# Worst first: what a whole run is called when its tests differ.
VERDICT_RANK = (
    Verdict.HARNESS_ERROR,
    Verdict.OUT_OF_MEMORY,
    Verdict.OUTPUT_LIMIT,
    Verdict.TIMED_OUT,
    Verdict.ERROR,
    Verdict.FAILED,
    Verdict.PASSED,
)


class Tier(StrEnum):
    """How much a test counts: core must pass, edge distinguishes, stretch only lifts very strong."""

    CORE = "core"
    EDGE = "edge"
    STRETCH = "stretch"


class RunPurpose(StrEnum):
    """Why tests ran.

    `VISIBLE` and `SUBMIT` at the candidate's wish; `PROBE` silently, so that the interviewer can
    recognise a misconception; `FINAL` once after the end, for the rating.
    """

    VISIBLE = "visible"
    SUBMIT = "submit"
    PROBE = "probe"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One test's outcome. `line` and `column` (1-based) are places in the candidate's file.

    `got`, `expected`, `shape` and `where` are short printable texts; empty when they do not apply.
    `ms` is wall-clock milliseconds.
    """

    __test__ = False

    name: str
    tier: Tier
    hidden: bool
    verdict: Verdict
    message: str = ""
    got: str = ""
    expected: str = ""
    shape: str = ""
    where: str = ""
    line: int | None = None
    column: int | None = None
    stdout: str = ""
    ms: float = 0.0
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """A mutant whose failing-test signature the candidate's code shows; for the interviewer only."""

    mutant: str
    misconception: str
    question: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRun:
    """All results of one run of a scenario's tests against one source text."""

    __test__ = False

    scenario: str
    seed: int
    source_sha: str
    verdict: Verdict
    results: tuple[TestResult, ...]
    message: str = ""
    line: int | None = None
    column: int | None = None
    stdout: str = ""
    sandbox: dict[str, str] = field(default_factory=dict)
    recognition: Recognition | None = None
    ms: float = 0.0

    @property
    def passed(self) -> int:
        """Number of tests passed."""
        return sum(r.verdict is Verdict.PASSED for r in self.results)

    @property
    def total(self) -> int:
        """Number of tests charged: harness errors are left out."""
        return sum(r.verdict is not Verdict.HARNESS_ERROR for r in self.results)

    @property
    def green(self) -> bool:
        """True when there was something to pass and all of it passed."""
        return self.total > 0 and self.passed == self.total

    def share(self, tier: Tier) -> float | None:
        """Passed share of one tier, or None when the run holds no charged test of it."""
        counted = [r for r in self.results if r.tier is tier and r.verdict is not Verdict.HARNESS_ERROR]
        if not counted:
            return None
        return sum(r.verdict is Verdict.PASSED for r in counted) / len(counted)


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict a whole run is called by; an empty run passed."""
    return min(verdicts, key=VERDICT_RANK.index, default=Verdict.PASSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCheck:
    """One check the candidate wrote: an assert, or a `test_*` function, in their own program.

    `calls` is true when the check calls one of the scenario's entry points; `inputs` is a
    fingerprint of what it called them with, so that repeated inputs count once.
    """

    name: str
    line: int
    text: str
    verdict: Verdict
    message: str = ""
    calls: bool = False
    inputs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRun:
    """The candidate's own file run as a program (`__name__ == "__main__"`)."""

    source_sha: str
    verdict: Verdict
    stdout: str = ""
    message: str = ""
    line: int | None = None
    column: int | None = None
    checks: tuple[OwnCheck, ...] = ()
    ms: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckGrade:
    """What one own check is worth: right on the reference, and the mutants it kills."""

    name: str
    line: int
    right: bool
    kills: tuple[str, ...]
    inputs: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTestGrade:
    """The candidate's own checks graded against reference and mutants."""

    source_sha: str
    mutants: int
    killed: int
    checks: tuple[CheckGrade, ...]
    message: str = ""
