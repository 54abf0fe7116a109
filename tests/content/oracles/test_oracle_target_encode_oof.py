"""The reference of target_encode_oof against scikit-learn's TargetEncoder with a fixed smoothing."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import TargetEncoder

REFERENCE = Path(__file__).parents[3] / "scenarios" / "target_encode_oof" / "reference.py"
target_encode = runpy.run_path(str(REFERENCE))["target_encode"]

rows = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.integers(-8, 8), st.integers(0, 3)),
    min_size=3,
    max_size=25,
)


@given(table=rows, m=st.sampled_from([0.5, 1.0, 3.0, 10.0]))
@settings(max_examples=50, deadline=None)
def test_each_fold_and_all_rows(table: list[tuple[str, int, int]], m: float) -> None:
    """The peer fitted on the other folds encodes a fold; fitted on all rows it gives the mapping."""
    cat = np.array([[name] for name, _, _ in table], dtype=object)
    y, folds = np.array([v for _, v, _ in table], dtype=float), np.array([f for _, _, f in table])
    enc, mapping = target_encode(cat[:, 0], y, folds, m)
    for fold in np.unique(folds):
        own = folds == fold
        if own.all():
            assert np.isnan(enc).all()
            continue
        peer = TargetEncoder(smooth=m, target_type="continuous").fit(cat[~own], y[~own])
        np.testing.assert_allclose(enc[own], peer.transform(cat[own])[:, 0], rtol=1e-9, atol=1e-9)
    peer = TargetEncoder(smooth=m, target_type="continuous").fit(cat, y)
    names = np.array([[name] for name in mapping if name is not None] + [["unknown"]], dtype=object)
    np.testing.assert_allclose(list(mapping.values()), peer.transform(names)[:, 0], rtol=1e-9, atol=1e-9)
