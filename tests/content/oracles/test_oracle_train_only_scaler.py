"""The reference of train_only_scaler against scikit-learn's StandardScaler."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import StandardScaler

REFERENCE = Path(__file__).parents[3] / "scenarios" / "train_only_scaler" / "reference.py"
Scaler = runpy.run_path(str(REFERENCE))["Scaler"]

cells = st.one_of(st.integers(-1000, 1000).map(lambda n: n / 8), st.just(float("nan")))


@st.composite
def tables(draw: st.DrawFn) -> Any:
    """A matrix of eighths with gaps, at least one known value in each column."""
    n, d = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    table = np.array([[draw(cells) for _ in range(d)] for _ in range(n)])
    table[0] = np.nan_to_num(table[0])
    return table


@given(tables())
@settings(max_examples=60, deadline=None)
def test_random_tables(table: Any) -> None:
    mine, theirs = Scaler().fit(table), StandardScaler().fit(table)
    np.testing.assert_allclose(mine.transform(table), theirs.transform(table), rtol=1e-9, atol=1e-9)
    varies = ~mine.constant
    new = table * 2 + 1
    np.testing.assert_allclose(
        mine.transform(new)[:, varies], theirs.transform(new)[:, varies], rtol=1e-9, atol=1e-9
    )
    np.testing.assert_allclose(
        mine.inverse(new)[:, varies], theirs.inverse_transform(new)[:, varies], rtol=1e-9, atol=1e-9
    )


def test_fractions_that_round() -> None:
    table = np.column_stack([np.full(6, 0.7), np.full(6, 0.1)])
    np.testing.assert_allclose(Scaler().fit(table).transform(table), 0.0)
    np.testing.assert_allclose(StandardScaler().fit_transform(table), 0.0, atol=1e-15)
