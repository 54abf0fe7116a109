"""The reference against scikit-learn's PCA, signs set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=60)
@given(data=st.data(), n=st.integers(2, 25), d=st.integers(1, 8), seed=st.integers(0, 10**6))
def test_same_scores_and_ratios(reference: Reference, data: st.DataObject, n: int, d: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * 2.0 ** -np.arange(d) + rng.normal(size=d) * 5
    new = rng.normal(size=(3, d))
    k = data.draw(st.integers(1, min(n - 1, d)))
    mine = reference("pca_svd")["PCA"](k).fit(X)
    peer = PCA(n_components=k, svd_solver="full").fit(X)
    np.testing.assert_allclose(mine.explained_ratio, peer.explained_variance_ratio_, rtol=1e-9, atol=1e-12)
    for rows in (X, new):
        np.testing.assert_allclose(
            np.abs(mine.transform(rows)), np.abs(peer.transform(rows)), rtol=1e-7, atol=1e-7
        )
    largest = np.abs(mine.components).argmax(axis=1)
    assert (mine.components[np.arange(k), largest] > 0).all()


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(st.tuples(*[st.integers(-2, 2)] * 3), min_size=1, max_size=9))
def test_few_distinct_values_keep_all_the_spread(
    reference: Reference, rows: list[tuple[int, int, int]]
) -> None:
    """Equal rows, flat columns and fewer rows than columns: distances survive with every component."""
    X = np.array(rows, dtype=float)
    k = min(X.shape)
    model = reference("pca_svd")["PCA"](k).fit(X)
    moved = X - X.mean(axis=0)
    scores = model.transform(X)
    np.testing.assert_allclose(scores @ scores.T, moved @ moved.T, atol=1e-9)
    total = 0.0 if (X[0] == X).all() else 1.0
    np.testing.assert_allclose(model.explained_ratio.sum(), total, atol=1e-12)
