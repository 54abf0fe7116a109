"""The reference against scikit-learn's decision tree, where no tie decides anything."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.tree import DecisionTreeClassifier

Reference = Callable[[str], dict[str, Any]]


def clear_answer(X: Any, y: Any, new: Any, depth: int, min_leaf: int) -> Any:
    """Labels by the peer; only cases where its random choice between equal splits changes nothing."""
    answers = []
    for seed in range(6):
        peer = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=min_leaf, random_state=seed)
        tree = peer.fit(X, y).tree_
        inner = np.flatnonzero(tree.children_left >= 0)
        weighted = tree.impurity * tree.n_node_samples
        after = weighted[tree.children_left[inner]] + weighted[tree.children_right[inner]]
        assume((weighted[inner] - after > 1e-9).all())
        answers.append(peer.predict(new))
    assume(all((answer == answers[0]).all() for answer in answers))
    return answers[0]


@settings(deadline=None, max_examples=30)
@given(
    n=st.integers(8, 60),
    d=st.integers(1, 3),
    classes=st.integers(2, 4),
    depth=st.integers(1, 3),
    min_leaf=st.integers(1, 6),
    seed=st.integers(0, 10**6),
)
def test_same_labels(
    reference: Reference, n: int, d: int, classes: int, depth: int, min_leaf: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, d)).astype(np.float32).astype(float)
    y = random.integers(0, classes, n) * 7 - 5
    new = (2 * random.normal(size=(40, d))).astype(np.float32).astype(float)
    expected = clear_answer(X, y, new, depth, min_leaf)
    tree = reference("tree_predict_small")["Tree"](depth, min_leaf).fit(X, y)
    np.testing.assert_array_equal(tree.predict(new), expected)


def one_best_split(values: list[tuple[int, int]], min_leaf: int) -> bool:
    """Whether exactly one threshold is best, in exact arithmetic; floats may tell ties apart."""
    impurities = []
    for threshold in sorted({v for v, _ in values})[1:]:
        sides = [[c for v, c in values if (v < threshold) is left] for left in (True, False)]
        if min(map(len, sides)) >= min_leaf:
            impurities.append(
                sum(
                    len(side) - Fraction(sum(side.count(c) ** 2 for c in set(side)), len(side))
                    for side in sides
                )
            )
    return impurities.count(min(impurities)) == 1 if impurities else True


@settings(deadline=None, max_examples=40)
@given(
    values=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=25),
    min_leaf=st.integers(1, 4),
)
def test_few_distinct_values(reference: Reference, values: list[tuple[int, int]], min_leaf: int) -> None:
    """One column with many equal values, where no mirrored threshold is as good."""
    X = np.array([[float(v)] for v, _ in values])
    y = np.array([label for _, label in values])
    new = np.arange(-0.75, 6, 0.5)[:, None]
    expected = clear_answer(X, y, new, 1, min_leaf)
    mirrored = clear_answer(-X, y, -new, 1, min_leaf)
    assume((expected == mirrored).all())
    assume(one_best_split(values, min_leaf))
    tree = reference("tree_predict_small")["Tree"](1, min_leaf).fit(X, y)
    np.testing.assert_array_equal(tree.predict(new), expected)
