"""The reference of weighted_softmax_ce against scikit-learn's log loss and SciPy's log_softmax."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import log_softmax, softmax
from sklearn.metrics import log_loss

REFERENCE = Path(__file__).parents[3] / "scenarios" / "weighted_softmax_ce" / "reference.py"
softmax_ce = runpy.run_path(str(REFERENCE))["softmax_ce"]


@st.composite
def batches(draw: st.DrawFn, scale: float) -> tuple[Any, Any, Any]:
    """Logits (n, c), labels with padding, weights (c,); at least one row counts."""
    n, c = draw(st.integers(1, 12)), draw(st.integers(2, 5))
    number = st.floats(-scale, scale, allow_nan=False)
    logits = np.array([[draw(number) for _ in range(c)] for _ in range(n)])
    labels = np.array([draw(st.integers(0, c - 1))] + [draw(st.integers(-1, c - 1)) for _ in range(n - 1)])
    weights = np.array([draw(st.floats(0.1, 5)) for _ in range(c)])
    return logits, labels, weights


@given(batches(10.0))
@settings(max_examples=40, deadline=None)
def test_loss_is_the_weighted_log_loss(batch: tuple[Any, Any, Any]) -> None:
    logits, labels, weights = batch
    loss, _ = softmax_ce(logits, labels, weights)
    real = labels != -1
    tags = labels[real]
    wanted = log_loss(
        tags,
        softmax(logits[real], axis=1),
        labels=np.arange(logits.shape[1]),
        sample_weight=weights[tags],
    )
    assert loss == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@given(batches(1e4))
@settings(max_examples=40, deadline=None)
def test_extreme_logits(batch: tuple[Any, Any, Any]) -> None:
    logits, labels, weights = batch
    loss, grad = softmax_ce(logits, labels, weights)
    rows = np.flatnonzero(labels != -1)
    row_weight = weights[labels[rows]]
    log_p = log_softmax(logits[rows], axis=1)
    wanted = -(row_weight * log_p[np.arange(len(rows)), labels[rows]]).sum() / row_weight.sum()
    assert loss == pytest.approx(wanted, rel=1e-12, abs=1e-12)
    one_hot = np.eye(logits.shape[1])[labels[rows]]
    wanted_grad = np.zeros_like(logits)
    wanted_grad[rows] = (np.exp(log_p) - one_hot) * (row_weight / row_weight.sum())[:, None]
    np.testing.assert_allclose(grad, wanted_grad, rtol=1e-9, atol=1e-12)


def test_nothing_counts() -> None:
    loss, grad = softmax_ce(np.ones((2, 3)), np.array([-1, -1]))
    assert loss == 0.0
    assert not grad.any()
