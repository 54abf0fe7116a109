"""The reference of stable_bce against scikit-learn's log loss and SciPy's stable functions."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, log_expit
from sklearn.metrics import log_loss

REFERENCE = Path(__file__).parents[3] / "scenarios" / "stable_bce" / "reference.py"
bce_with_logits = runpy.run_path(str(REFERENCE))["bce_with_logits"]

weights = st.floats(0, 10)


def pairs(limit: float, target: st.SearchStrategy[float]) -> st.SearchStrategy[list[tuple[float, float]]]:
    return st.lists(st.tuples(st.floats(-limit, limit), target), min_size=1, max_size=20)


def arrays(found: list[tuple[float, float]]) -> tuple[Any, Any]:
    """Logits and targets."""
    table = np.array(found, dtype=float)
    return table[:, 0], table[:, 1]


@given(pairs(20.0, st.sampled_from([0.0, 1.0])))
@settings(max_examples=40, deadline=None)
def test_moderate_logits_give_the_log_loss(found: list[tuple[float, float]]) -> None:
    z, y = arrays(found)
    loss, grad = bce_with_logits(z, y)
    assert loss == pytest.approx(log_loss(y, expit(z), labels=[0, 1]), rel=1e-6, abs=1e-12)
    np.testing.assert_allclose(grad, (expit(z) - y) / len(z), rtol=1e-9, atol=1e-15)


@given(pairs(1e4, st.floats(0, 1)), weights)
@settings(max_examples=60, deadline=None)
def test_extreme_logits_soft_targets_and_weights(found: list[tuple[float, float]], weight: float) -> None:
    z, y = arrays(found)
    loss, grad = bce_with_logits(z, y, weight)
    wanted = -(weight * y * log_expit(z) + (1 - y) * log_expit(-z)).mean()
    assert loss == pytest.approx(wanted, rel=1e-12, abs=1e-300)
    slope = ((1 - y) * expit(z) - weight * y * expit(-z)) / len(z)
    np.testing.assert_allclose(grad, slope, rtol=1e-9, atol=1e-12)


def test_empty() -> None:
    loss, grad = bce_with_logits(np.zeros((0, 2)), np.zeros((0, 2)))
    assert loss == 0.0
    assert grad.shape == (0, 2)
