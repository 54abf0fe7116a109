"""The reference of debug_shared_state against scikit-learn's clipping scaler and the isin of pandas."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import MinMaxScaler

REFERENCE = Path(__file__).parents[3] / "scenarios" / "debug_shared_state" / "reference.py"
Preprocessor = runpy.run_path(str(REFERENCE))["Preprocessor"]

ROWS = st.lists(st.tuples(st.integers(-100, 100), st.sampled_from("abcdef")), min_size=1, max_size=12)


@given(ROWS, ROWS, st.lists(st.sampled_from("abcxyz"), max_size=3))
@settings(max_examples=40, deadline=None)
def test_like_the_libraries(
    train: list[tuple[int, str]], later: list[tuple[int, str]], always: list[str]
) -> None:
    amounts, shops = zip(*train, strict=True)
    asked, names = zip(*later, strict=True)
    got_amounts, got_names = Preprocessor(always).fit(amounts, shops).transform(asked, names)
    scaler = MinMaxScaler(clip=True).fit(np.array(amounts, dtype=float)[:, None])
    if min(amounts) < max(amounts):
        scaled = scaler.transform(np.array(asked, dtype=float)[:, None])
        np.testing.assert_allclose(got_amounts, scaler.inverse_transform(scaled)[:, 0], atol=1e-9)
    else:
        np.testing.assert_array_equal(got_amounts, np.full(len(asked), float(amounts[0])))
    column = pd.Series(names)
    assert got_names == column.where(column.isin([*shops, *always]), "other").tolist()
