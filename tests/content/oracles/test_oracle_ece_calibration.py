"""The reference of ece_calibration against scipy's binned statistics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binned_statistic

chance = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7, 1.0]))
rows = st.lists(st.tuples(st.integers(0, 1), chance), min_size=1, max_size=40)


@given(rows, st.integers(1, 20))
@settings(max_examples=40, deadline=None)
def test_binned_sums(
    reference: Callable[[str], dict[str, Any]], found: list[tuple[int, float]], bins: int
) -> None:
    y, p = np.array([y for y, _ in found]), np.array([p for _, p in found])
    edges = [k / bins for k in range(bins + 1)]
    gaps, _, _ = binned_statistic(p, p - y, statistic="sum", bins=edges)
    wanted = np.abs(gaps).sum() / len(found)
    assert reference("ece_calibration")["ece"](y, p, bins) == pytest.approx(wanted, abs=1e-12)
