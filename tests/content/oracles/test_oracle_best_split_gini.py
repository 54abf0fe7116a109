"""The reference against scikit-learn's tree of depth one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.tree import DecisionTreeClassifier

Reference = Callable[[str], dict[str, Any]]


def gain_of(X: Any, y: Any, feature: int, threshold: float) -> float:
    """By the definition, from the rows on both sides."""
    sides = [y[X[:, feature] <= threshold], y[X[:, feature] > threshold], y]
    left, right, whole = (1 - ((np.bincount(s) / len(s)) ** 2).sum() for s in sides)
    return float(whole - (len(sides[0]) * left + len(sides[1]) * right) / len(y))


@settings(deadline=None, max_examples=60)
@given(
    n=st.integers(2, 25),
    d=st.integers(1, 4),
    labels=st.integers(1, 4),
    values=st.integers(1, 6),
    seed=st.integers(0, 10**6),
)
def test_same_gain(reference: Reference, n: int, d: int, labels: int, values: int, seed: int) -> None:
    """Small whole numbers: equal values, equal columns, pure and flat nodes are frequent."""
    random = np.random.default_rng(seed)
    X = random.integers(0, values, size=(n, d)).astype(float)
    y = random.integers(0, labels, size=n)
    got = reference("best_split_gini")["best_split"](X, y)
    tree = DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y).tree_
    theirs = gain_of(X, y, tree.feature[0], tree.threshold[0]) if tree.node_count > 1 else 0.0
    if got is None:
        assert abs(theirs) < 1e-9
        return
    feature, threshold, gain = got
    np.testing.assert_allclose([gain, gain_of(X, y, feature, threshold)], theirs, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(n=st.integers(4, 30), seed=st.integers(0, 10**6))
def test_same_threshold(reference: Reference, n: int, seed: int) -> None:
    """One column and labels that part at one place only."""
    random = np.random.default_rng(seed)
    X = random.permutation(n).astype(float)[:, None] * 4.0
    y = (X[:, 0] > 4.0 * random.integers(0, n - 1)).astype(int)
    tree = DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y).tree_
    feature, threshold, _ = reference("best_split_gini")["best_split"](X, y)
    assert (feature, threshold) == (tree.feature[0], tree.threshold[0])
