"""The reference of masked_mean_pool against NumPy's masked arrays and pandas groups."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

REFERENCE = Path(__file__).parents[3] / "scenarios" / "masked_mean_pool" / "reference.py"
mean_pool = runpy.run_path(str(REFERENCE))["mean_pool"]


@st.composite
def batches(draw: st.DrawFn) -> tuple[Any, Any]:
    """Vectors (n, t, d) and a mask (n, t) that may leave sentences without any token."""
    n, t, d = draw(st.integers(1, 5)), draw(st.integers(1, 6)), draw(st.integers(1, 4))
    seed = draw(st.integers(0, 2**32 - 1))
    mask = np.array([[draw(st.booleans()) for _ in range(t)] for _ in range(n)])
    return np.random.default_rng(seed).normal(scale=10, size=(n, t, d)), mask


@given(batches())
@settings(max_examples=60, deadline=None)
def test_masked_arrays(batch: tuple[Any, Any]) -> None:
    H, mask = batch
    hidden = np.broadcast_to(~mask[:, :, None], H.shape)
    wanted = np.ma.array(H, mask=hidden).mean(axis=1).filled(0.0)
    np.testing.assert_allclose(mean_pool(H, mask), wanted, rtol=1e-9, atol=1e-12)


@given(batches())
@settings(max_examples=40, deadline=None)
def test_groups_of_tokens(batch: tuple[Any, Any]) -> None:
    H, mask = batch
    n, _, d = H.shape
    sentence, token = np.nonzero(mask)
    means = pd.DataFrame(H[sentence, token]).groupby(sentence).mean()
    wanted = means.reindex(range(n), fill_value=0.0).to_numpy().reshape(n, d)
    dirty = np.where(mask[:, :, None], H, np.nan)
    np.testing.assert_allclose(mean_pool(dirty, mask.astype(int)), wanted, rtol=1e-9, atol=1e-12)


def test_no_sentences() -> None:
    assert mean_pool(np.zeros((0, 3, 2)), np.zeros((0, 3))).shape == (0, 2)
