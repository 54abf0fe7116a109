"""The reference of debug_batch_f1 against scikit-learn's F1 and log loss over all rows."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, log_loss

REFERENCE = Path(__file__).parents[3] / "scenarios" / "debug_batch_f1" / "reference.py"
NAMES = runpy.run_path(str(REFERENCE))
evaluate, Scorer = NAMES["evaluate"], NAMES["Scorer"]

ROWS = st.lists(st.tuples(st.floats(-20, 20), st.integers(0, 1)), min_size=1, max_size=30)


@given(ROWS, st.lists(st.integers(0, 30), max_size=5))
@settings(max_examples=40, deadline=None)
def test_like_the_library(rows: list[tuple[float, int]], cuts: list[int]) -> None:
    z = np.array([score for score, _ in rows])
    y = np.array([label for _, label in rows])
    batches = list(zip(np.split(z[:, None], sorted(cuts)), np.split(y, sorted(cuts)), strict=True))
    got = evaluate(Scorer([1.0]), batches)
    np.testing.assert_allclose(got["f1"], f1_score(y, (z >= 0).astype(int), zero_division=0.0))
    wanted = log_loss(y, 1 / (1 + np.exp(-z)), labels=[0, 1])
    np.testing.assert_allclose(got["loss"], wanted, rtol=1e-6, atol=1e-9)


def test_one_class_and_ties() -> None:
    got = evaluate(Scorer([1.0]), [(np.zeros((3, 1)), np.zeros(3))])
    assert got["f1"] == f1_score([0, 0, 0], [1, 1, 1], zero_division=0.0)
