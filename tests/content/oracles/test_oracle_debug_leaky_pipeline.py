"""The reference of debug_leaky_pipeline against scikit-learn's scaler and unpenalised logistic regression."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

REFERENCE = Path(__file__).parents[3] / "scenarios" / "debug_leaky_pipeline" / "reference.py"
fit_and_predict = runpy.run_path(str(REFERENCE))["fit_and_predict"]


def noisy_data(seed: int, n: int = 120) -> tuple[Any, Any]:
    """Two columns of unlike units and labels that no line separates."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 2)) * [1.0, 30.0] + [4.0, -10.0]
    chance = 1 / (1 + np.exp(-(X[:, 0] - 4.0 + X[:, 1] / 60.0)))
    return X, (rng.random(n) < chance).astype(int)


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_converges_to_the_library(seed: int) -> None:
    X, y = noisy_data(seed)
    train, test = np.arange(90), np.arange(90, 120)
    got = fit_and_predict(X, y, train, test, lr=0.5, n_iter=1500)
    scaler = StandardScaler().fit(X[train])
    model = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(scaler.transform(X[train]), y[train])
    np.testing.assert_allclose(got["mean"], scaler.mean_)
    np.testing.assert_allclose(got["std"], scaler.scale_)
    np.testing.assert_allclose(got["w"], model.coef_[0], rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(got["b"], model.intercept_[0], rtol=1e-3, atol=1e-4)
    clear = np.abs(model.decision_function(scaler.transform(X[test]))) > 1e-3
    wanted = model.predict(scaler.transform(X[test]))
    np.testing.assert_array_equal(got["pred"][clear], wanted[clear])


def test_constant_column_like_the_library() -> None:
    X, y = noisy_data(3)
    wide = np.column_stack([X, np.full(len(X), 3.0)])
    rows = np.arange(120)
    got = fit_and_predict(wide, y, rows, rows, n_iter=50)
    assert got["w"][2] == 0.0
    assert StandardScaler().fit_transform(wide)[:, 2].max() == 0.0
