"""The reference, run to convergence, against scikit-learn's logistic regression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=20)
@given(
    n=st.integers(6, 40),
    d=st.integers(1, 3),
    l2=st.sampled_from([0.05, 0.3, 2.0]),
    seed=st.integers(0, 10**6),
)
def test_same_probabilities(reference: Reference, n: int, d: int, l2: float, seed: int) -> None:
    """Their C is one over n times ours; separable and one-sided labels included."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, d))
    y = (random.random(n) < random.random()).astype(int)
    y[:2] = 0, 1
    model = reference("logreg_gd")["LogReg"](0.5, 1200, l2).fit(X, y)
    peer = LogisticRegression(C=1.0 / (l2 * n), tol=1e-10, max_iter=2000).fit(X, y)
    np.testing.assert_allclose(model.predict_proba(X), peer.predict_proba(X)[:, 1], atol=1e-4)


@settings(deadline=None, max_examples=50)
@given(scores=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_sigmoid(reference: Reference, scores: list[float]) -> None:
    z = np.array(scores)
    np.testing.assert_allclose(reference("logreg_gd")["sigmoid"](z), expit(z), rtol=1e-12, atol=1e-300)
