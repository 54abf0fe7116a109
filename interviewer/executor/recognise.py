"""Naming a candidate's misconception from the tests that fail. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from interviewer.domain.scenario import Mutant
from interviewer.domain.test_run import Recognition, TestResult, Verdict

# A near match must share at least this much with the signature, and lead the second by the margin.
_NEAR = 0.6
_MARGIN = 0.15
# Of mutants with one signature, the one that fails in the same way must agree on this share of the
# failing tests, and lead by as much.
_SAME_WAY = 0.5
_LEAD = 0.25


def recognise(
    results: Sequence[TestResult], mutants: Sequence[Mutant], tests: Collection[str]
) -> Recognition | None:
    """The one mutant whose killing tests are those that fail here, exactly or nearly; else None.

    Only tests that ran count, on both sides. Two mutants that fit equally well give None, as does
    a run with nothing failing, or with everything failing unless exactly one mutant fails
    everything too. Confidence is 0..1: the overlap of the two signatures (Jaccard), lowered when
    only a part of the scenario's `tests` ran.
    """
    ran, failing = _signature(results)
    if not failing:
        return None
    scored = _scored(failing, ran, mutants)
    if not scored:
        return None
    best, mutant = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    exact = best == 1.0 and second < 1.0
    if not exact and (best < _NEAR or best - second < _MARGIN or failing == ran):
        return None
    return _recognition(mutant, best * (1.0 if exact else 0.9), ran, tests)


def tied(results: Sequence[TestResult], mutants: Sequence[Mutant]) -> tuple[Mutant, ...]:
    """The mutants whose signature is exactly the one here, when there are several."""
    ran, failing = _signature(results)
    if not failing or failing == ran:
        return ()
    same = tuple(m for score, m in _scored(failing, ran, mutants) if score == 1.0)
    return same if len(same) > 1 else ()


def settle(
    results: Sequence[TestResult],
    runs: Mapping[str, Sequence[TestResult]],
    mutants: Sequence[Mutant],
    tests: Collection[str],
) -> Recognition | None:
    """Of mutants with equal signatures, the one that fails in the same way: same values, same places.

    `runs` holds each mutant's results of the same tests with the same seed. None when no mutant
    agrees on at least half of the failing tests, or two agree about as well.
    """
    ran, failing = _signature(results)
    mine = {r.name: _way(r) for r in results if r.name in failing}
    if not mine:
        return None
    shares = []
    for mutant in mutants:
        theirs = {r.name: _way(r) for r in runs.get(mutant.id, ())}
        shares.append((sum(theirs.get(n) == way for n, way in mine.items()) / len(mine), mutant))
    shares.sort(key=lambda pair: -pair[0])
    if not shares or shares[0][0] < _SAME_WAY:
        return None
    if len(shares) > 1 and shares[0][0] - shares[1][0] < _LEAD:
        return None
    return _recognition(shares[0][1], 0.9 * shares[0][0], ran, tests)


def _way(result: TestResult) -> tuple[str, str, str, str]:
    return result.verdict.value, result.message, result.got, result.where


def _signature(results: Sequence[TestResult]) -> tuple[set[str], set[str]]:
    ran = {r.name for r in results if r.verdict is not Verdict.HARNESS_ERROR}
    return ran, {r.name for r in results if r.name in ran and r.verdict is not Verdict.PASSED}


def _scored(failing: set[str], ran: set[str], mutants: Sequence[Mutant]) -> list[tuple[float, Mutant]]:
    pairs = [(_jaccard(failing, set(m.killed_by) & ran), m) for m in mutants]
    return sorted(pairs, key=lambda pair: -pair[0])


def _recognition(mutant: Mutant, share: float, ran: set[str], tests: Collection[str]) -> Recognition:
    covered = len(ran) / max(len(ran), len(tests))
    return Recognition(
        mutant=mutant.id,
        misconception=mutant.misconception,
        question=mutant.question,
        confidence=round(share * (0.5 + 0.5 * covered), 3),
    )


def _jaccard(one: set[str], other: set[str]) -> float:
    union = one | other
    return len(one & other) / len(union) if union else 0.0
