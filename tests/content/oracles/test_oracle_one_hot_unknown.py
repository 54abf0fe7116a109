"""The reference of one_hot_unknown against scikit-learn's encoder with infrequent categories."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import OneHotEncoder

REFERENCE = Path(__file__).parents[3] / "scenarios" / "one_hot_unknown" / "reference.py"
OneHot = runpy.run_path(str(REFERENCE))["OneHot"]

words = st.sampled_from(["ash", "beech", "Cedar", "10", "9", "other", ""])
later_words = st.one_of(words, st.sampled_from(["willow", "yew"]))


def column(values: list[str]) -> Any:
    return np.array(values, dtype=object).reshape(-1, 1)


@given(
    train=st.lists(words, min_size=1, max_size=25),
    later=st.lists(later_words, min_size=1, max_size=10),
    min_count=st.integers(1, 4),
)
@settings(max_examples=80, deadline=None)
def test_words(train: list[str], later: list[str], min_count: int) -> None:
    """The frequent columns agree; what has none of them is other; nothing is missing."""
    mine = OneHot(min_count).fit(train).transform(later)
    single = OneHotEncoder(min_frequency=min_count, handle_unknown="ignore", sparse_output=False)
    peer = single.fit(column(train)).transform(column(later))
    if single.infrequent_categories_[0] is not None:
        peer = peer[:, :-1]
    assert mine.shape[1] == peer.shape[1] + 2
    np.testing.assert_array_equal(mine[:, :-2], peer)
    np.testing.assert_array_equal(mine[:, -2], 0)
    np.testing.assert_array_equal(mine[:, -1], 1 - peer.sum(axis=1))


@given(
    train=st.lists(st.one_of(words, st.none(), st.just(float("nan")), st.integers(0, 3)), max_size=20),
    min_count=st.integers(1, 4),
)
@settings(max_examples=60, deadline=None)
def test_every_row_has_a_single_one(train: list[Any], min_count: int) -> None:
    mine = OneHot(min_count).fit(train).transform(train)
    np.testing.assert_array_equal(mine.sum(axis=1), np.ones(len(train)))
    gaps = [value is None or value != value for value in train]
    np.testing.assert_array_equal(mine[:, -2], gaps)
