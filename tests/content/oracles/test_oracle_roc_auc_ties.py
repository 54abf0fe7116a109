"""The reference of roc_auc_ties against scikit-learn."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

REFERENCE = Path(__file__).parents[3] / "scenarios" / "roc_auc_ties" / "reference.py"
roc_auc = runpy.run_path(str(REFERENCE))["roc_auc"]

few_scores = st.integers(-2, 2).map(float)
any_scores = st.floats(-1e300, 1e300)


def rows(scores: st.SearchStrategy[float]) -> st.SearchStrategy[list[tuple[int, float]]]:
    row = st.tuples(st.integers(0, 1), scores)
    return st.lists(row, min_size=2, max_size=40).filter(
        lambda found: len({label for label, _ in found}) == 2
    )


@given(rows(st.one_of(few_scores, any_scores)))
@settings(max_examples=60, deadline=None)
def test_random_rows(found: list[tuple[int, float]]) -> None:
    labels, scores = zip(*found, strict=True)
    assert roc_auc(labels, scores) == pytest.approx(roc_auc_score(labels, scores), abs=1e-12)


@given(rows(few_scores))
@settings(max_examples=60, deadline=None)
def test_many_equal_scores(found: list[tuple[int, float]]) -> None:
    labels, scores = zip(*found, strict=True)
    assert roc_auc(labels, scores) == pytest.approx(roc_auc_score(labels, scores), abs=1e-12)


def test_one_fraud_row_among_many() -> None:
    labels = np.zeros(2000, dtype=int)
    labels[77] = 1
    scores = np.arange(2000) // 7
    assert roc_auc(labels, scores) == pytest.approx(roc_auc_score(labels, scores), abs=1e-12)
