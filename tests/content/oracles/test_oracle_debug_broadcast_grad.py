"""The reference of debug_broadcast_grad against SciPy's numerical gradient and scikit-learn's regression."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from sklearn.linear_model import LinearRegression

REFERENCE = Path(__file__).parents[3] / "scenarios" / "debug_broadcast_grad" / "reference.py"
train = runpy.run_path(str(REFERENCE))["train"]


def data(seed: int, rows: int, columns: int) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(rows, columns))
    return X, X @ rng.normal(size=columns) + 2.0 + 0.1 * rng.normal(size=rows)


@given(st.integers(0, 10_000), st.integers(1, 8), st.integers(1, 4))
@settings(max_examples=20, deadline=None)
def test_a_step_follows_the_numerical_gradient(seed: int, rows: int, columns: int) -> None:
    X, y = data(seed, rows, columns)

    def loss(theta: Any) -> float:
        return float(np.mean((X @ theta[:-1] + theta[-1] - y) ** 2))

    w, b, losses = train(X, y[:, None], lr=0.01, n=1)
    step = -0.01 * approx_fprime(np.zeros(columns + 1), loss)
    np.testing.assert_allclose([*w, b], step, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(losses, [loss(np.array([*w, b]))])


@given(st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_converges_to_the_library(seed: int) -> None:
    X, y = data(seed, 60, 3)
    w, b, losses = train(X, y, lr=0.1, n=600)
    model = LinearRegression().fit(X, y)
    np.testing.assert_allclose(w, model.coef_, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(b, model.intercept_, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(losses[-1], np.mean((model.predict(X) - y) ** 2), rtol=1e-6)
