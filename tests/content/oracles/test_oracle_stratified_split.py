"""The reference of stratified_split against scikit-learn where both must agree.

scikit-learn rounds shares differently (largest remainders) and refuses classes of one row, so the
comparison is exact where every share is a whole number, and within one row elsewhere.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import StratifiedShuffleSplit

REFERENCE = Path(__file__).parents[3] / "scenarios" / "stratified_split" / "reference.py"
stratified_split = runpy.run_path(str(REFERENCE))["stratified_split"]


def by_sklearn(y: Any, n_test: int, seed: int) -> Any:
    """Test rows of scikit-learn's split."""
    splitter = StratifiedShuffleSplit(n_splits=1, test_size=n_test, random_state=seed)
    return next(splitter.split(np.zeros((len(y), 1)), y))[1]


@given(st.lists(st.integers(1, 6), min_size=2, max_size=5), st.sampled_from([4, 5, 10]), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_whole_shares_agree(sizes: list[int], parts: int, seed: int) -> None:
    y = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(sizes)), np.array(sizes) * parts))
    train, test = stratified_split(y, 1 / parts, seed=seed)
    np.testing.assert_array_equal(np.bincount(y[test]), np.bincount(y[by_sklearn(y, len(test), seed)]))
    np.testing.assert_array_equal(np.sort(np.concatenate([train, test])), np.arange(len(y)))


@given(st.lists(st.integers(4, 40), min_size=2, max_size=5), st.floats(0.2, 0.8), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_other_shares_are_close(sizes: list[int], test_frac: float, seed: int) -> None:
    y = np.repeat(np.arange(len(sizes)), sizes)
    _, test = stratified_split(y, test_frac, seed=seed)
    theirs = np.bincount(y[by_sklearn(y, len(test), seed)], minlength=len(sizes))
    assert np.abs(np.bincount(y[test], minlength=len(sizes)) - theirs).max() <= 1


def test_lonely_row_trains() -> None:
    train, test = stratified_split(np.array(["a", "b", "b"]), 0.5)
    assert 0 in train
    assert len(test) == 1
