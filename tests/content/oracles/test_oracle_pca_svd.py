"""The reference against scikit-learn's PCA, up to the sign rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=60)
@given(
    data=st.data(),
    n=st.integers(2, 15),
    d=st.integers(1, 8),
    level=st.sampled_from([0.0, 3.0, 1e4]),
    flat=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_same_scores_and_shares(
    reference: Reference, data: st.DataObject, n: int, d: int, level: float, flat: bool, seed: int
) -> None:
    """More columns than rows and columns that never change among them."""
    k = data.draw(st.integers(1, min(n, d)))
    random = np.random.default_rng(seed)
    X = random.normal(size=(n + 3, d)) * np.arange(1, d + 1) + level
    if flat and d > 1:
        X[:, 0] = 7.0
    mine = reference("pca_svd")["PCA"](k).fit(X[:n])
    peer = PCA(k, svd_solver="full").fit(X[:n])
    np.testing.assert_allclose(mine.explained_ratio, peer.explained_variance_ratio_, atol=1e-9)
    known = peer.explained_variance_ratio_ > 1e-9
    np.testing.assert_allclose(
        np.abs(mine.transform(X)[:, known]), np.abs(peer.transform(X)[:, known]), rtol=1e-5, atol=1e-6
    )


@settings(deadline=None, max_examples=40)
@given(n=st.integers(3, 12), d=st.integers(1, 6), seed=st.integers(0, 10**6))
def test_largest_entry_is_positive(reference: Reference, n: int, d: int, seed: int) -> None:
    X = np.random.default_rng(seed).normal(size=(n, d))
    k = min(n, d)
    model = reference("pca_svd")["PCA"](k).fit(X)
    axes = model.transform(X.mean(axis=0) + np.eye(d)).T
    assert (axes[np.arange(k), np.abs(axes).argmax(axis=1)] > 0).all()
    np.testing.assert_allclose(axes @ axes.T, np.eye(k), atol=1e-9)
