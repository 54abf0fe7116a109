"""The reference against scikit-learn's classifier, and against exact arithmetic where ties abound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=40)
@given(
    n=st.integers(3, 40),
    d=st.integers(1, 4),
    half=st.integers(0, 4),
    flat=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_same_labels(reference: Reference, n: int, d: int, half: int, flat: bool, seed: int) -> None:
    """Two labels and an odd k, since the two break equal votes differently."""
    random = np.random.default_rng(seed)
    k = min(2 * half + 1, n - 1 + n % 2)
    X = random.normal(size=(n + 10, d)) * 10.0 ** random.integers(-3, 4, size=d)
    if flat and d > 1:
        X[:, 0] = 3.0
    y = random.integers(0, 2, size=n)
    got = reference("knn_classify")["knn_predict"](X[:n], y.tolist(), X[n:], k)
    peer = make_pipeline(StandardScaler(), KNeighborsClassifier(k, algorithm="brute")).fit(X[:n], y)
    np.testing.assert_array_equal(got, peer.predict(X[n:]))


@settings(deadline=None, max_examples=80)
@given(
    data=st.data(),
    rows=st.lists(st.tuples(st.integers(-9, 9), st.sampled_from("abc")), min_size=1, max_size=15),
    asked=st.lists(st.integers(-12, 12), max_size=6),
)
def test_ties_on_a_line(
    reference: Reference, data: st.DataObject, rows: list[tuple[int, str]], asked: list[int]
) -> None:
    """Whole numbers in one column: distances on both sides of a query are exactly equal."""
    k = data.draw(st.integers(1, len(rows)))
    places, labels = np.array([[place] for place, _ in rows]), [label for _, label in rows]
    wanted = []
    for query in asked:
        near = sorted(rows, key=lambda row: abs(row[0] - query))[:k]
        votes = Counter(label for _, label in near)
        wanted.append(next(label for _, label in near if votes[label] == max(votes.values())))
    X = np.array(asked, dtype=int).reshape(-1, 1)
    if len({place for place, _ in rows}) > 1:
        assert reference("knn_classify")["knn_predict"](places, labels, X, k) == wanted
