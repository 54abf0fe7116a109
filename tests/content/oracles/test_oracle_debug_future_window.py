"""The reference of debug_future_window against the rolling time window of pandas."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

REFERENCE = Path(__file__).parents[3] / "scenarios" / "debug_future_window" / "reference.py"
add_features = runpy.run_path(str(REFERENCE))["add_features"]

PLACES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 15)), min_size=1, max_size=25, unique=True)


@given(PLACES, st.integers(0, 10_000), st.integers(-1, 17))
@settings(max_examples=25, deadline=None)
def test_like_the_library(places: list[tuple[str, int]], seed: int, train_until: int) -> None:
    rng = np.random.default_rng(seed)
    data = {
        "shop": [shop for shop, _ in places],
        "day": [day for _, day in places],
        "sales": rng.integers(0, 50, size=len(places)).astype(float),
    }
    table = pd.DataFrame(data).assign(row=range(len(places)))
    table["date"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(table["day"], unit="D")
    wanted = pd.Series(np.nan, index=table["row"])
    for _, group in table.sort_values("date").groupby("shop"):
        rolled = group.rolling("3D", on="date", closed="left")["sales"].mean()
        wanted.loc[group["row"]] = rolled.to_numpy()
    got = add_features(data, train_until)
    np.testing.assert_allclose(got["recent"], wanted, rtol=1e-9, atol=1e-9)
    top = wanted[(table["day"] < train_until).to_numpy()].max()
    if top > 0:
        np.testing.assert_allclose(got["level"], wanted / top, rtol=1e-9, atol=1e-9)
    else:
        assert np.isnan(got["level"]).all()
