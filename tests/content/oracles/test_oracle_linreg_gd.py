"""The reference, run to convergence, against scikit-learn's least squares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=40)
@given(
    n=st.integers(10, 40),
    exponents=st.lists(st.integers(-4, 4), min_size=1, max_size=3),
    base=st.integers(-20, 20),
    seed=st.integers(0, 10**6),
)
def test_same_predictions(reference: Reference, n: int, exponents: list[int], base: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    columns = random.normal(size=(n, len(exponents))) + random.normal(size=len(exponents))
    assume(np.linalg.cond(columns - columns.mean(axis=0)) < 10)
    X = columns * 10.0 ** np.array(exponents)
    y = columns.sum(axis=1) + base + 0.1 * random.normal(size=n)
    model = reference("linreg_gd")["LinReg"](0.3, 5000).fit(X, y)
    np.testing.assert_allclose(
        model.predict(X), LinearRegression().fit(columns, y).predict(columns), atol=5e-3
    )


@settings(deadline=None, max_examples=30)
@given(
    values=st.lists(st.integers(-9, 9), min_size=2, max_size=20),
    level=st.sampled_from([0.0, 0.1, 0.7, 5.0, 1e6]),
    later=st.integers(-1000, 1000),
    seed=st.integers(0, 10**6),
)
def test_repeated_and_flat_columns(
    reference: Reference, values: list[int], level: float, later: int, seed: int
) -> None:
    """A column twice over and one that never changes: predictions are those of the column alone."""
    x = np.array(values, dtype=float)
    y = 2.0 * x + np.random.default_rng(seed).normal(size=len(x))
    X = np.column_stack([x, np.full(len(x), level), x])
    model = reference("linreg_gd")["LinReg"](0.3, 5000).fit(X, y)
    peer = LinearRegression().fit(x[:, None], y)
    new = np.array([[1.0, later, 1.0], [-2.0, level, -2.0]])
    np.testing.assert_allclose(model.predict(new), peer.predict(new[:, :1]), rtol=1e-3, atol=2e-2)
