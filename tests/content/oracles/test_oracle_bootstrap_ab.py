"""The reference of bootstrap_ab against scipy's percentile bootstrap over users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.stats import bootstrap


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_percentile_interval(reference: Callable[[str], dict[str, Any]], seed: int) -> None:
    rng = np.random.default_rng(seed)
    views = [rng.integers(1, 30, size=users) for users in (40, 55)]
    clicks = [rng.binomial(v, rng.beta(2, 5, size=len(v))) for v in views]

    def difference(a: Any, b: Any, axis: int = -1) -> Any:
        return clicks[1][b].sum(axis) / views[1][b].sum(axis) - clicks[0][a].sum(axis) / views[0][a].sum(axis)

    users = (np.arange(40), np.arange(55))
    found = bootstrap(
        users, difference, n_resamples=3000, vectorized=True, method="percentile", rng=rng
    ).confidence_interval
    names = [f"{side}{number}" for side, count in (("A", 40), ("B", 55)) for number in range(count)]
    got = reference("bootstrap_ab")["bootstrap_diff"](
        names, [name[0] for name in names], np.concatenate(clicks), np.concatenate(views), 3000, seed
    )
    assert got[0] == pytest.approx(difference(*users))
    assert got[1:] == pytest.approx((found.low, found.high), abs=0.08 * (found.high - found.low))
