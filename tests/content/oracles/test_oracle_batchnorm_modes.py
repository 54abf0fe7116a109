"""The reference of batchnorm_modes against scikit-learn's StandardScaler and a linear filter of SciPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import lfilter, lfiltic
from sklearn.preprocessing import StandardScaler

Reference = Callable[[str], dict[str, Any]]

cells = st.integers(-800, 800).map(lambda n: n / 8)


@st.composite
def batches(draw: st.DrawFn, d: int = 3, least: int = 2) -> Any:
    """Rows of eighths, now and then with a constant column."""
    n = draw(st.integers(least, 9))
    batch = np.array([[draw(cells) for _ in range(d)] for _ in range(n)]).reshape(n, d)
    if n and draw(st.booleans()):
        batch[:, draw(st.integers(0, d - 1))] = draw(cells)
    return batch


@given(batch=batches(), eps=st.sampled_from([1e-8, 1e-3, 2.0]))
@settings(max_examples=60, deadline=None)
def test_training_is_a_scaler_fitted_on_the_batch(reference: Reference, batch: Any, eps: float) -> None:
    layer = reference("batchnorm_modes")["BN"](3, 0.1, eps)
    scaler = StandardScaler().fit(batch)
    varies = scaler.var_ > 0
    shrunk = np.sqrt(scaler.var_ / (scaler.var_ + eps))
    got = layer.forward(batch, True)
    np.testing.assert_allclose(
        got[:, varies], (scaler.transform(batch) * shrunk)[:, varies], rtol=1e-9, atol=1e-9
    )
    np.testing.assert_allclose(got[:, ~varies], 0.0, atol=1e-9)


@given(seen=st.lists(batches(), min_size=1, max_size=6), momentum=st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]))
@settings(max_examples=60, deadline=None)
def test_running_numbers_are_a_filter_of_first_order(
    reference: Reference, seen: list[Any], momentum: float
) -> None:
    layer = reference("batchnorm_modes")["BN"](3, momentum, 1e-5)
    for batch in seen:
        layer.forward(batch, True)
    for name, start, inputs in (
        ("running_mean", 0.0, np.array([batch.mean(axis=0) for batch in seen])),
        ("running_var", 1.0, np.array([np.diag(np.cov(batch, rowvar=False)) for batch in seen])),
    ):
        taps = [momentum], [1.0, momentum - 1.0]
        state = np.repeat(lfiltic(*taps, [start])[:, None], 3, axis=1)
        wanted = lfilter(*taps, inputs, axis=0, zi=state)[0][-1]
        np.testing.assert_allclose(getattr(layer, name), wanted, rtol=1e-9, atol=1e-9)


@given(batch=batches(), times=st.integers(0, 40), momentum=st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_the_same_batch_over_and_over(reference: Reference, batch: Any, times: int, momentum: float) -> None:
    layer = reference("batchnorm_modes")["BN"](3, momentum, 1e-5)
    for _ in range(times):
        layer.forward(batch, True)
    left = (1 - momentum) ** times
    mean, var = batch.mean(axis=0), np.diag(np.cov(batch, rowvar=False))
    np.testing.assert_allclose(layer.running_mean, (1 - left) * mean, rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(layer.running_var, left + (1 - left) * var, rtol=1e-8, atol=1e-9)


@given(past=batches(), rows=batches(least=0))
@settings(max_examples=40, deadline=None)
def test_serving_is_a_scaler_with_stored_numbers(reference: Reference, past: Any, rows: Any) -> None:
    layer = reference("batchnorm_modes")["BN"](3, 0.3, 0.25)
    layer.forward(past, True)
    layer.gamma, layer.beta = np.array([2.0, 3.0, 0.5]), np.array([1.0, -1.0, 4.0])
    before = layer.running_mean.copy(), layer.running_var.copy()
    scaler = StandardScaler().fit(past)
    scaler.mean_, scaler.scale_ = before[0], np.sqrt(before[1] + 0.25)
    wanted = scaler.transform(rows) * layer.gamma + layer.beta if len(rows) else np.zeros((0, 3))
    np.testing.assert_allclose(layer.forward(rows, False), wanted, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(layer.running_mean, before[0])
    np.testing.assert_array_equal(layer.running_var, before[1])


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_rows(reference: Reference, n: int) -> None:
    layer = reference("batchnorm_modes")["BN"](3, 0.3, 1e-5)
    with pytest.raises(ValueError, match="no variance"):
        layer.forward(np.ones((n, 3)), True)
    np.testing.assert_array_equal(layer.running_mean, np.zeros(3))
    np.testing.assert_array_equal(layer.running_var, np.ones(3))
