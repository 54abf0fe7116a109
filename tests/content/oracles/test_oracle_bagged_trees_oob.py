"""The reference against scikit-learn's bagging, fed with the rows the reference drew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import VotingClassifier
from sklearn.metrics import accuracy_score
from sklearn.tree import DecisionTreeClassifier

Reference = Callable[[str], dict[str, Any]]


class Trainer:
    """A fit_fn of scikit-learn trees that keeps what it trained on; the first column numbers the rows."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.drawn: list[list[int]] = []
        self.trees: list[DecisionTreeClassifier] = []

    def __call__(self, X: Any, y: Any) -> Callable[[Any], Any]:
        tree = DecisionTreeClassifier(max_depth=self.depth, random_state=0).fit(X[:, 1:], y)
        self.drawn.append(X[:, 0].astype(int).tolist())
        self.trees.append(tree)
        return lambda rows: tree.predict(rows[:, 1:])


def hard_vote(trees: list[DecisionTreeClassifier], classes: Any, rows: Any) -> Any:
    """Majority by scikit-learn's voting, for trees that are trained already."""
    vote = VotingClassifier([(str(n), tree) for n, tree in enumerate(trees)])
    vote.estimators_ = [Recoded(tree, classes) for tree in trees]
    vote.classes_ = classes
    vote.le_ = Decoder(classes)
    return vote.predict(rows)


class Recoded:
    """A tree that answers positions among all classes, as the voting wants it."""

    def __init__(self, tree: DecisionTreeClassifier, classes: Any) -> None:
        self.tree, self.classes = tree, classes

    def predict(self, rows: Any) -> Any:
        return np.searchsorted(self.classes, self.tree.predict(rows))


class Decoder:
    def __init__(self, classes: Any) -> None:
        self.classes = classes

    def inverse_transform(self, codes: Any) -> Any:
        return self.classes[codes]


@settings(deadline=None, max_examples=15)
@given(
    n=st.integers(1, 30),
    models=st.integers(1, 9),
    classes=st.integers(1, 4),
    depth=st.integers(1, 4),
    seed=st.integers(0, 10**6),
)
def test_same_votes_and_score(
    reference: Reference, n: int, models: int, classes: int, depth: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    X = np.column_stack([np.arange(n), random.normal(size=(n, 2))])
    y = random.integers(0, classes, n) * 9 - 4
    trainer = Trainer(depth)
    predict, score = reference("bagged_trees_oob")["bagging"](X, y, trainer, models, seed)
    labels = np.unique(y)
    np.testing.assert_array_equal(predict(X), hard_vote(trainer.trees, labels, X[:, 1:]))
    judged = [row for row in range(n) if any(row not in drawn for drawn in trainer.drawn)]
    if not judged:
        assert np.isnan(score)
        return
    said = []
    for row in judged:
        unseen = [tree for tree, drawn in zip(trainer.trees, trainer.drawn, strict=True) if row not in drawn]
        said.append(hard_vote(unseen, labels, X[[row], 1:])[0])
    np.testing.assert_allclose(score, accuracy_score(y[judged], said))
