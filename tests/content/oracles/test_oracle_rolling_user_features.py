"""The reference of rolling_user_features against pandas' rolling windows, closed on the left."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

REFERENCE = Path(__file__).parents[3] / "scenarios" / "rolling_user_features" / "reference.py"
rolling_features = runpy.run_path(str(REFERENCE))["rolling_features"]

DAY = 86400
# Multiples of half a day hit the edges of the window and the same second often.
seconds = st.one_of(st.integers(0, 40).map(lambda half: half * DAY // 2), st.integers(0, 20 * DAY))
amounts = st.one_of(st.integers(-50, 500).map(lambda cents: cents / 4), st.just(float("nan")))
logs = st.lists(st.tuples(st.sampled_from(["ann", "bob", "cem"]), seconds, amounts), max_size=30)


def by_pandas(log: list[tuple[str, int, float]], window: int) -> tuple[Any, Any]:
    """Count and mean of every row by `rolling`, user by user."""
    count, mean = np.zeros(len(log)), np.full(len(log), np.nan)
    frame = pd.DataFrame(log, columns=["user", "ts", "amount"]).sort_values("ts", kind="stable")
    for _, group in frame.groupby("user"):
        timed = pd.Series(group["amount"].to_numpy(), index=pd.to_datetime(group["ts"], unit="s"))
        rolled = timed.rolling(f"{window}s", closed="left", min_periods=0)
        count[group.index] = rolled.count()
        mean[group.index] = rolled.mean()
    return count, mean


def agree(log: list[tuple[str, int, float]], window: int) -> None:
    """Both give the same features, to rounding."""
    columns = [list(column) for column in zip(*log, strict=True)] or [[], [], []]
    count, mean = rolling_features(*columns, window=window)
    wanted_count, wanted_mean = by_pandas(log, window)
    np.testing.assert_array_equal(count, wanted_count)
    np.testing.assert_allclose(mean, wanted_mean, rtol=1e-9, atol=1e-9, equal_nan=True)


@given(logs, st.sampled_from([7 * DAY, DAY, DAY // 2, 3600]))
@settings(max_examples=40, deadline=None)
def test_random_logs(log: list[tuple[str, int, float]], window: int) -> None:
    agree(log, window)


def test_nothing_but_gaps() -> None:
    agree([("ann", 0, float("nan")), ("ann", 5, float("nan")), ("bob", 5, 1.0)], 7 * DAY)


def test_one_row() -> None:
    agree([("ann", 0, 3.0)], 7 * DAY)
