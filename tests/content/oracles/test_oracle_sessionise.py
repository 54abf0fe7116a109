"""The reference of sessionise against pandas: differences inside each user, counted up."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

REFERENCE = Path(__file__).parents[3] / "scenarios" / "sessionise" / "reference.py"
sessionise = runpy.run_path(str(REFERENCE))["sessionise"]

# Multiples of the gap hit its edge often; quarters are exact in binary.
seconds = st.one_of(st.integers(0, 8).map(lambda n: 60.0 * n), st.integers(0, 2400).map(lambda n: n / 4))
logs = st.lists(st.tuples(st.sampled_from(["ann", "bob", "cem"]), seconds), max_size=30)


def by_pandas(user: list[str], ts: list[float], gap: float) -> Any:
    """Session numbers by grouped differences and a grouped running count."""
    frame = pd.DataFrame({"user": user, "ts": ts}).sort_values(["user", "ts"], kind="stable")
    frame["opens"] = frame.groupby("user")["ts"].diff().gt(gap)
    return frame.groupby("user")["opens"].cumsum().sort_index().to_numpy()


@given(logs, st.sampled_from([0, 0.5, 60, 120, 1800]))
@settings(max_examples=60, deadline=None)
def test_random_logs(log: list[tuple[str, float]], gap: float) -> None:
    user, ts = [name for name, _ in log], [second for _, second in log]
    got = sessionise(user, ts, gap)
    if not log:
        assert len(got) == 0
        return
    np.testing.assert_array_equal(got, by_pandas(user, ts, gap))


@given(logs, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_mixing_rows_mixes_the_result_alike(log: list[tuple[str, float]], random: Any) -> None:
    mixed = list(range(len(log)))
    random.shuffle(mixed)
    before = sessionise([name for name, _ in log], [second for _, second in log], 60)
    after = sessionise([log[i][0] for i in mixed], [log[i][1] for i in mixed], 60)
    np.testing.assert_array_equal(after, [before[i] for i in mixed])
