"""The reference of reservoir_weighted: exact chances over all draws it can make, and frequencies by scipy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

Reference = Callable[[str], dict[str, Any]]


class Script:
    """Stands in for a generator: gives the draws it is told, then zeros, and notes what was possible."""

    def __init__(self, draws: list[int]) -> None:
        self.draws = draws
        self.choices: list[int] = []

    def integers(self, high: int) -> int:
        self.choices.append(high)
        place = len(self.choices) - 1
        return self.draws[place] if place < len(self.draws) else 0


def outcomes(
    call: Callable[[], list[int]], patch: pytest.MonkeyPatch
) -> Iterator[tuple[Fraction, list[int]]]:
    """Every result of `call` with its probability, one for each sequence of draws."""
    draws: list[int] | None = []
    while draws is not None:
        script = Script(draws)
        patch.setattr(np.random, "default_rng", lambda seed, script=script: script)
        sample = call()
        chance = Fraction(1)
        for choices in script.choices:
            chance /= choices
        yield chance, sample
        draws = following(draws + [0] * (len(script.choices) - len(draws)), script.choices)


def following(draws: list[int], choices: list[int]) -> list[int] | None:
    """The next sequence of draws, counting like an odometer; None after the last one."""
    for place in reversed(range(len(draws))):
        if draws[place] + 1 < choices[place]:
            return [*draws[:place], draws[place] + 1]
    return None


@pytest.mark.parametrize(("n", "k"), [(n, k) for n in range(7) for k in range(5)])
def test_every_group_is_as_likely_as_any_other(
    reference: Reference, monkeypatch: pytest.MonkeyPatch, n: int, k: int
) -> None:
    reservoir = reference("reservoir_weighted")["reservoir"]
    found: dict[tuple[int, ...], Fraction] = {}
    for chance, sample in outcomes(lambda: reservoir(iter(range(n)), k, 0), monkeypatch):
        group = tuple(sorted(sample))
        found[group] = found.get(group, Fraction(0)) + chance
    size = min(n, k)
    assert found == dict.fromkeys(combinations(range(n), size), Fraction(1, comb(n, size)))


@pytest.mark.parametrize(("n", "k"), [(6, 1), (6, 3), (5, 4)])
def test_frequencies_over_seeds(reference: Reference, n: int, k: int) -> None:
    reservoir = reference("reservoir_weighted")["reservoir"]
    found = Counter(tuple(sorted(reservoir(range(n), k, seed))) for seed in range(3000))
    counts = [found[group] for group in combinations(range(n), k)]
    assert sum(counts) == 3000
    assert chisquare(counts).pvalue > 1e-3  # the seeds are fixed: this cannot fail by chance


@given(st.lists(st.none() | st.integers(0, 3) | st.lists(st.integers(0, 2)), max_size=30), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_events_come_back_as_they_are(reference: Reference, events: list[Any], k: int) -> None:
    got = reference("reservoir_weighted")["reservoir"]((event for event in events), k, k)
    assert len(got) == min(k, len(events))
    left = [repr(event) for event in events]
    for event in got:
        left.remove(repr(event))
