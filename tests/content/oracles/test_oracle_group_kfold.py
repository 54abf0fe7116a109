"""The reference against scikit-learn's GroupKFold: the same greedy rule, other ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.model_selection import GroupKFold

Reference = Callable[[str], dict[str, Any]]


@settings(deadline=None, max_examples=80)
@given(groups=st.lists(st.integers(-3, 12), min_size=2, max_size=60), k=st.integers(2, 6))
def test_same_fold_sizes(reference: Reference, groups: list[int], k: int) -> None:
    assume(k <= len(set(groups)))
    folds = reference("group_kfold")["group_kfold"](groups, k)
    peer = [len(test) for _, test in GroupKFold(n_splits=k).split(groups, groups=groups)]
    assert sorted(Counter(folds).values()) == sorted(peer)
    assert len(set(zip(groups, folds, strict=True))) == len(set(groups))


@settings(deadline=None, max_examples=60)
@given(
    sizes=st.lists(st.integers(1, 20), min_size=2, max_size=7, unique=True),
    k=st.integers(2, 5),
    data=st.data(),
)
def test_same_folds_without_equal_groups(
    reference: Reference, sizes: list[int], k: int, data: st.DataObject
) -> None:
    """Distinct sizes leave no choice but among equal folds, where both take the first."""
    assume(k <= len(sizes))
    rows = data.draw(st.permutations([g for g, size in enumerate(sizes) for _ in range(size)]))
    folds = reference("group_kfold")["group_kfold"](rows, k)
    peer = [0] * len(rows)
    for fold, (_, test) in enumerate(GroupKFold(n_splits=k).split(rows, groups=rows)):
        for row in test:
            peer[row] = fold
    assert folds == peer
