"""Two evaluations of the same cases, compared: is one interviewer better, or was it luck.

Epochs are averaged, cases paired on persona and scenario, and scenarios are the unit: interviews in one
scenario are alike. The p-value is that of the exact sign-flip test on the scenarios' mean differences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from random import Random
from typing import Any

from interviewer.errors import UsageError
from interviewer.evaluation.result import METRICS, CaseResult, EvalResult

_EXACT_UP_TO = 16  # scenarios; beyond, as many flips are drawn instead
_DRAWS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One metric of two evaluations, second minus first.

    `by_scenario` are the mean differences, `p` is two-sided; `smallest_p` is the least it could be with
    so many scenarios.
    """

    metric: str
    first: float
    second: float
    difference: float
    by_scenario: dict[str, float]
    p: float
    smallest_p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every metric, over the cases that both evaluations have; `unpaired` are the others."""

    pairs: int
    unpaired: tuple[str, ...]
    metrics: tuple[Difference, ...]

    def to_json(self) -> dict[str, Any]:
        """`{pairs, unpaired, metrics: [{metric, first, second, difference, by_scenario, p, smallest_p}]}`."""
        return asdict(self)


def compare(first: EvalResult, second: EvalResult) -> Comparison:
    """Compare two evaluations; raises UsageError when they share no case."""
    one, other = _by_case(first.cases), _by_case(second.cases)
    both = sorted(one.keys() & other.keys())
    if not both:
        raise UsageError(
            "the two evaluations have no case in common", remedy="play the same personas and scenarios"
        )
    unpaired = tuple(f"{persona} in {scenario}" for scenario, persona in sorted(one.keys() ^ other.keys()))
    metrics = []
    for name, metric in METRICS.items():
        means = [{case: _mean([metric(c) for c in side[case]]) for case in both} for side in (one, other)]
        differences: dict[str, list[float]] = defaultdict(list)
        for case in both:
            differences[case[0]].append(means[1][case] - means[0][case])
        by_scenario = {scenario: _mean(found) for scenario, found in differences.items()}
        values = list(by_scenario.values())
        metrics.append(
            Difference(
                metric=name,
                first=_mean(list(means[0].values())),
                second=_mean(list(means[1].values())),
                difference=_mean(values),
                by_scenario=by_scenario,
                p=sign_flip(values),
                smallest_p=min(1.0, 2.0 / 2 ** len(values)),
            )
        )
    return Comparison(pairs=len(both), unpaired=unpaired, metrics=tuple(metrics))


def sign_flip(differences: Sequence[float], *, draws: int = _DRAWS, seed: int = 0) -> float:
    """Two-sided p of "no difference": how often flipped signs give a mean as far from 0.

    All flips up to sixteen values; more are sampled, the observed signs counted among them.
    """
    n, seen = len(differences), abs(sum(differences)) - 1e-12

    def far(signs: Iterable[float]) -> bool:
        return abs(sum(s * d for s, d in zip(signs, differences, strict=True))) >= seen

    if n <= _EXACT_UP_TO:
        return sum(map(far, product((1.0, -1.0), repeat=n))) / (1 << n)
    random = Random(seed)
    as_far = sum(far(random.choices((1.0, -1.0), k=n)) for _ in range(draws))
    return (as_far + 1) / (draws + 1)


def _by_case(cases: Sequence[CaseResult]) -> dict[tuple[str, str], list[CaseResult]]:
    found: dict[tuple[str, str], list[CaseResult]] = defaultdict(list)
    for case in cases:
        found[case.scenario, case.persona].append(case)
    return dict(found)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
