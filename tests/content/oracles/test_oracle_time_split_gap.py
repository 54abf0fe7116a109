"""The reference of time_split_gap against scikit-learn's TimeSeriesSplit, whose gap is a constant delay."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import TimeSeriesSplit

REFERENCE = Path(__file__).parents[3] / "scenarios" / "time_split_gap" / "reference.py"
time_split = runpy.run_path(str(REFERENCE))["time_split"]

seconds = st.integers(0, 40)
loans = st.lists(st.tuples(seconds, st.one_of(st.none(), st.just(float("nan")), seconds)), max_size=25)


@given(delay=st.integers(0, 5), size=st.integers(1, 6), splits=st.integers(1, 4), history=st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_constant_delay(delay: int, size: int, splits: int, history: int) -> None:
    """One event a second, every label `delay` seconds later: the delay is the gap of the split."""
    n = history + delay + max(2, splits) * size
    event = np.arange(n)
    peer = TimeSeriesSplit(n_splits=max(2, splits), test_size=size, gap=delay)
    for wanted_train, wanted_test in peer.split(event):
        train, test = time_split(event, event + delay, int(wanted_test[0]), size)
        np.testing.assert_array_equal(train, wanted_train)
        np.testing.assert_array_equal(test, wanted_test)


@given(rows=loans, cutoff=seconds, length=st.integers(1, 20))
@settings(max_examples=80, deadline=None)
def test_any_rows(rows: list[tuple[int, float | None]], cutoff: int, length: int) -> None:
    """Selections of a table; pandas compares missing times as false."""
    event, label = [made for made, _ in rows], [known for _, known in rows]
    table = pd.DataFrame({"event": event, "label": pd.Series(label, dtype=float)})
    train = table[(table["event"] < cutoff) & (table["label"] < cutoff)].index
    test = table[table["event"].between(cutoff, cutoff + length, inclusive="left")].index
    if len(train) == 0:
        with pytest.raises(ValueError):
            time_split(event, label, cutoff, length)
        return
    got_train, got_test = time_split(event, label, cutoff, length)
    np.testing.assert_array_equal(got_train, train)
    np.testing.assert_array_equal(got_test, test)
