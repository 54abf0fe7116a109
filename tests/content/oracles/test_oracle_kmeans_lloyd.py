"""The reference against scikit-learn's Lloyd iterations from the same starting rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans

Reference = Callable[[str], dict[str, Any]]


def starting_rows(X: Any, k: int, seed: int) -> Any:
    return X[np.random.default_rng(seed).choice(len(X), size=k, replace=False)]


def loses_points(X: Any, centroids: Any, rounds: int = 300) -> bool:
    """Whether some group is empty in some round; the two move such a centroid at different moments."""
    for _ in range(rounds):
        labels = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if len(set(labels.tolist())) < len(centroids):
            return True
        moved = np.array([X[labels == j].mean(axis=0) for j in range(len(centroids))])
        if np.array_equal(moved, centroids):
            return False
        centroids = moved
    return False


@settings(deadline=None, max_examples=60)
@given(n=st.integers(6, 60), d=st.integers(1, 5), k=st.integers(1, 6), seed=st.integers(0, 10**6))
def test_same_start_same_end(reference: Reference, n: int, d: int, k: int, seed: int) -> None:
    X = np.random.default_rng(seed + 1).normal(size=(n, d))
    start = starting_rows(X, k, seed)
    assume(not loses_points(X, start))
    labels, centroids, inertia = reference("kmeans_lloyd")["kmeans"](X, k, max_iter=300, tol=1e-12, seed=seed)
    peer = KMeans(n_clusters=k, init=start, n_init=1, max_iter=300, tol=0, algorithm="lloyd").fit(X)
    np.testing.assert_array_equal(labels, peer.labels_)
    np.testing.assert_allclose(centroids, peer.cluster_centers_, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(inertia, peer.inertia_, rtol=1e-9, atol=1e-12)


@settings(deadline=None, max_examples=60)
@given(data=st.data(), k=st.integers(1, 6), seed=st.integers(0, 1000))
def test_few_distinct_values_are_found_exactly(
    reference: Reference, data: st.DataObject, k: int, seed: int
) -> None:
    """With no more distinct rows than groups every point ends on a centroid."""
    distinct = data.draw(st.lists(st.integers(-9, 9), min_size=1, max_size=k, unique=True))
    values = data.draw(st.lists(st.sampled_from(distinct), min_size=k, max_size=25))
    X = np.array(values)[:, None]
    labels, centroids, inertia = reference("kmeans_lloyd")["kmeans"](X, k, seed=seed)
    assert inertia == 0.0
    np.testing.assert_array_equal(centroids[labels], X)
