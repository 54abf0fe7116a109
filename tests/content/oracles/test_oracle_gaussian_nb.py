"""The reference against scikit-learn's GaussianNB, whose smoothing it shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.naive_bayes import GaussianNB

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=60)
@given(
    n=st.integers(2, 30),
    d=st.integers(1, 6),
    classes=st.integers(1, 4),
    eps=st.sampled_from([1e-9, 1e-3, 0.5]),
    seed=st.integers(0, 10**6),
)
def test_same_log_probabilities(
    reference: Reference, n: int, d: int, classes: int, eps: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    y = rng.integers(-2, classes - 2, size=n) * 3
    X = rng.normal(size=(n, d)) * rng.uniform(0.1, 10, size=d) + y[:, None]
    new = rng.normal(size=(5, d)) * 5
    mine = reference("gaussian_nb")["GNB"](eps).fit(X, y)
    peer = GaussianNB(var_smoothing=eps).fit(X, y)
    np.testing.assert_allclose(mine.predict_log_proba(new), peer.predict_log_proba(new), rtol=1e-6, atol=1e-6)
    np.testing.assert_array_equal(mine.predict(new), peer.predict(new))


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(st.tuples(*[st.integers(-1, 1)] * 4), min_size=2, max_size=12))
def test_few_distinct_values(reference: Reference, rows: list[tuple[int, int, int, int]]) -> None:
    """Constant columns, constant within a class, and classes of one row."""
    table = np.array(rows, dtype=float)
    X, y = table[:, :3], table[:, 3].astype(int)
    assume((X.max(axis=0) > X.min(axis=0)).any())
    mine = reference("gaussian_nb")["GNB"](0.01).fit(X, y).predict_log_proba(X)
    peer = GaussianNB(var_smoothing=0.01).fit(X, y).predict_log_proba(X)
    np.testing.assert_allclose(mine, peer, rtol=1e-8, atol=1e-8)
