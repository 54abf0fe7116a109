"""Test runs as a candidate, or an interviewer, may see them: hidden tests by tier and number only."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from interviewer.domain.test_run import TestResult, TestRun, Verdict


def public_run(run: TestRun) -> TestRun:
    """`run` without the names, values and messages of hidden tests, and without the recognition."""
    numbers: Counter[str] = Counter()
    results = []
    for result in run.results:
        if result.hidden:
            numbers[result.tier.value] += 1
        results.append(public_result(result, numbers[result.tier.value]))
    return replace(run, results=tuple(results), recognition=None)


def public_result(result: TestResult, number: int) -> TestResult:
    """One result; a hidden one keeps its verdict, its time and the line in the candidate's own file."""
    if not result.hidden:
        return result
    return replace(
        result,
        name=f"hidden {result.tier.value} {number}",
        message=_HIDDEN.get(result.verdict, ""),
        got="",
        expected="",
        shape="",
        where="",
        stdout="",
        fact="",
    )


_HIDDEN = {
    Verdict.FAILED: "a hidden test failed",
    Verdict.ERROR: "your code raised an error in a hidden test",
    Verdict.TIMED_OUT: "your code took too long in a hidden test",
    Verdict.OUT_OF_MEMORY: "your code used too much memory in a hidden test",
    Verdict.OUTPUT_LIMIT: "your code printed too much in a hidden test",
    Verdict.HARNESS_ERROR: "the sandbox failed; this is not charged to you",
}
