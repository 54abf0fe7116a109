"""The reference against scikit-learn's least squares and ridge, and SciPy's pseudo-inverse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression, Ridge

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=50)
@given(
    n=st.integers(1, 15),
    d=st.integers(1, 8),
    l2=st.sampled_from([0.0, 0.1, 3.0, 1e4]),
    grid=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_same_fit(reference: Reference, n: int, d: int, l2: float, grid: bool, seed: int) -> None:
    """Whole numbers from a small range repeat columns and rows."""
    random = np.random.default_rng(seed)
    X = random.integers(-2, 3, size=(n, d)).astype(float) if grid else random.normal(size=(n, d)) + 2.0
    y = random.normal(size=n) + 5.0
    w, b = reference("linreg_normal")["ols"](X, y, l2)
    peer = (Ridge(alpha=l2, solver="svd") if l2 else LinearRegression()).fit(X, y)
    np.testing.assert_allclose(w, peer.coef_, atol=1e-8)
    np.testing.assert_allclose(b, peer.intercept_, atol=1e-8)


@settings(deadline=None, max_examples=50)
@given(
    rows=st.integers(1, 8),
    d=st.integers(1, 4),
    copies=st.lists(st.integers(0, 3), min_size=1, max_size=4),
    seed=st.integers(0, 10**6),
)
def test_shortest_weights(reference: Reference, rows: int, d: int, copies: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    base = random.normal(size=(rows, d))
    X = np.column_stack([base, base[:, [j % d for j in copies]], np.full(rows, 4.0)])
    y = random.normal(size=rows)
    w, _ = reference("linreg_normal")["ols"](X, y)
    wanted = scipy.linalg.pinv(X - X.mean(axis=0), rtol=1e-12) @ (y - y.mean())
    np.testing.assert_allclose(w, wanted, atol=1e-7)
