"""The reference of group_kfold against scikit-learn's GroupKFold, which fills folds by the same rule."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import GroupKFold

REFERENCE = Path(__file__).parents[3] / "scenarios" / "group_kfold" / "reference.py"
group_kfold = runpy.run_path(str(REFERENCE))["group_kfold"]


@given(groups=st.lists(st.integers(0, 7), min_size=2, max_size=40), data=st.data())
@settings(max_examples=60, deadline=None)
def test_fold_sizes(groups: list[int], data: st.DataObject) -> None:
    """Ties between equal groups may fall otherwise, the sizes of the folds do not."""
    k = data.draw(st.integers(1, len(set(groups))))
    mine = group_kfold(groups, k)
    assert len(set(zip(groups, mine, strict=True))) == len(set(groups))
    sizes = np.bincount(mine, minlength=k)
    if k > 1:
        peer = [len(test) for _, test in GroupKFold(n_splits=k).split(groups, groups=groups)]
        np.testing.assert_array_equal(sizes, peer)
