"""Naming a candidate's misconception from the tests that fail. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from interviewer.domain.scenario import Mutant
from interviewer.domain.test_run import Recognition, TestResult, Verdict

# A near match must share at least this much with the signature, and lead the second by the margin.
_NEAR = 0.6
_MARGIN = 0.15


def recognise(
    results: Sequence[TestResult], mutants: Sequence[Mutant], tests: Collection[str]
) -> Recognition | None:
    """The one mutant whose killing tests are those that fail here, exactly or nearly; else None.

    Only tests that ran count, on both sides. Two mutants that fit equally well give None, as does
    a run with nothing failing or with everything failing. Confidence is 0..1: the overlap of the
    two signatures (Jaccard), lowered when only a part of the scenario's `tests` ran.
    """
    ran = {r.name for r in results if r.verdict is not Verdict.HARNESS_ERROR}
    failing = {r.name for r in results if r.name in ran and r.verdict is not Verdict.PASSED}
    if not failing or not ran:
        return None
    scored = sorted(
        ((_jaccard(failing, set(m.killed_by) & ran), m) for m in mutants),
        key=lambda pair: -pair[0],
    )
    if not scored:
        return None
    best, mutant = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    exact = best == 1.0 and second < 1.0
    if not exact and (best < _NEAR or best - second < _MARGIN or best == 1.0):
        return None
    if failing == ran and not exact:
        return None
    covered = len(ran) / max(len(ran), len(tests))
    confidence = best * (0.5 + 0.5 * covered) * (1.0 if exact else 0.9)
    return Recognition(
        mutant=mutant.id,
        misconception=mutant.misconception,
        question=mutant.question,
        confidence=round(confidence, 3),
    )


def _jaccard(one: set[str], other: set[str]) -> float:
    union = one | other
    return len(one & other) / len(union) if union else 0.0
