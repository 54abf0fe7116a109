"""Leakage: recognised by what a scenario says may be known, and by the misconceptions that ignore it."""

from __future__ import annotations

import re

from interviewer.domain.scenario import Pattern, Scenario
from interviewer.domain.test_run import TestRun, Verdict

SURE = 0.9

# A fact about what may be known; a misconception that lets in what may not be.
_LEAK_FACT = re.compile(
    r"\bleak|future|look.?ahead|peek|training rows only|from (?:the )?training"
    r"|train(?:ing)?.only|strictly before"
    r"|must not see|only (?:what|rows?|those|the past)[^.]*\b(?:before|earlier|known)"
    r"|known (?:then|at that time)"
    r"|out.of.fold|other folds"
)
_LEAK_BELIEF = re.compile(
    r"\bleak(?!.fixed| was)|future|look.?ahead|peek|sees itself|including the current|both sides"
    r"|(?:on|is|sees) everything|(?:use[sd]?|scaled?|fit\w*|train\w*|statistics)[^.]*\b(?:all|every|whole)\b"
    r"|\b(?:all|whole)\b[^.]*\b(?:used|scaled|fitted)"
)


def leak_tests(scenario: Scenario) -> tuple[frozenset[str], ...]:
    """For each fact about what may be known: the tests that fail together when it is not respected."""
    return tuple(
        frozenset(fact.tests)
        for fact in scenario.facts
        if fact.tests and _LEAK_FACT.search(f"{fact.id.replace('_', ' ')} {fact.topic} {fact.answer}".lower())
    )


def leak_mutants(scenario: Scenario) -> frozenset[str]:
    """Mutants whose misconception is leakage; only where the scenario is about keeping things apart."""
    if not {Pattern.TRAIN_TEST, Pattern.WINDOWS, Pattern.PREPROCESSING} & set(scenario.patterns):
        return frozenset()
    beliefs = {m.id: f"{m.id.replace('_', ' ')} {m.misconception}".lower() for m in scenario.mutants}
    return frozenset(m for m, text in beliefs.items() if _LEAK_BELIEF.search(text))


def leaks(run: TestRun, scenario: Scenario) -> bool:
    """Whether a run shows leakage: a recognised mutant, or all tests of such a fact and few others fail."""
    known = run.recognition
    if known is not None and known.confidence >= SURE:
        return known.mutant in leak_mutants(scenario)
    failed = {r.name for r in run.results if r.verdict is Verdict.FAILED}
    for tests in leak_tests(scenario):
        others = [r for r in run.results if r.name not in tests]
        passed = sum(r.verdict is Verdict.PASSED for r in others)
        if tests <= failed and passed * 2 >= len(others):
            return True
    return False
