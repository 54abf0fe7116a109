"""The reference of asof_join against pandas.merge_asof without exact matches."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

REFERENCE = Path(__file__).parents[3] / "scenarios" / "asof_join" / "reference.py"
asof_join = runpy.run_path(str(REFERENCE))["asof_join"]

KEYS = st.sampled_from("abc")
TIMES = st.integers(0, 25)
EVENTS = st.lists(st.tuples(KEYS, TIMES), min_size=1, max_size=15)
FEATS = st.lists(st.tuples(KEYS, TIMES, st.floats(-9, 9)), max_size=20)


@given(EVENTS, FEATS, st.integers(1, 12))
@settings(max_examples=25, deadline=None)
def test_like_the_library(
    events: list[tuple[str, int]], feats: list[tuple[str, int, float]], max_age: int
) -> None:
    left = pd.DataFrame(events, columns=["key", "time"]).assign(row=range(len(events)))
    right = pd.DataFrame(feats, columns=["key", "time", "value"]).astype(
        {"key": left["key"].dtype, "time": "int64", "value": "float64"}
    )
    joined = pd.merge_asof(
        left.sort_values("time", kind="stable"),
        right.sort_values("time", kind="stable").drop_duplicates(["key", "time"], keep="last"),
        on="time",
        by="key",
        tolerance=max_age,
        allow_exact_matches=False,
    )
    wanted = joined.set_index("row")["value"].sort_index().to_numpy()
    np.testing.assert_array_equal(np.array(asof_join(events, feats, max_age), dtype=float), wanted)
