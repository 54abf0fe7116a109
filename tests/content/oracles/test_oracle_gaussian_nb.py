"""The reference against scikit-learn's classifier, which smooths in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import logsumexp
from sklearn.naive_bayes import GaussianNB

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=60)
@given(
    n=st.integers(2, 30),
    d=st.integers(1, 5),
    kinds=st.integers(1, 4),
    eps=st.sampled_from([1e-9, 1e-3, 0.5]),
    grid=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_same_log_probabilities(
    reference: Reference, n: int, d: int, kinds: int, eps: float, grid: bool, seed: int
) -> None:
    """Classes with one row, readings that never change, and far rows among them."""
    random = np.random.default_rng(seed)
    X = random.integers(0, 3, size=(n, d)).astype(float) if grid else random.normal(size=(n, d))
    assume(X.var(axis=0).max() > 0)
    y = random.choice([-7, 0, 2, 40], size=n) if kinds == 4 else random.integers(0, kinds, size=n)
    new = np.vstack([X, random.normal(size=(4, d)) * 100.0])
    model = reference("gaussian_nb")["GNB"](eps).fit(X, y)
    peer = GaussianNB(var_smoothing=eps).fit(X, y)
    np.testing.assert_allclose(
        model.predict_log_proba(new), peer.predict_log_proba(new), rtol=1e-6, atol=1e-6
    )


@settings(deadline=None, max_examples=40)
@given(d=st.integers(100, 600), seed=st.integers(0, 10**6))
def test_many_readings_sum_to_one(reference: Reference, d: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    X, y = random.normal(size=(8, d)), np.array([0, 1, 2, 3] * 2)
    got = reference("gaussian_nb")["GNB"](0.01).fit(X, y).predict_log_proba(random.normal(size=(3, d)))
    assert np.isfinite(got).all()
    np.testing.assert_allclose(logsumexp(got, axis=1), 0.0, atol=1e-9)
