"""The reference of mlp_backprop against SciPy's log_softmax, central differences and closed forms."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import log_softmax, logsumexp, softmax
from sklearn.metrics import log_loss

REFERENCE = Path(__file__).parents[3] / "scenarios" / "mlp_backprop" / "reference.py"
loss_and_grads = runpy.run_path(str(REFERENCE))["loss_and_grads"]

Net = tuple[dict[str, Any], Any, Any, float]


@st.composite
def nets(draw: st.DrawFn, scale: float = 1.0) -> Net:
    """Parameters, rows, labels and a penalty; every size down to one, classes may be absent."""
    n, d, h = draw(st.integers(1, 6)), draw(st.integers(1, 4)), draw(st.integers(1, 4))
    c = draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    params = {
        "W1": rng.normal(size=(d, h)) * scale,
        "b1": rng.normal(size=h) * scale,
        "W2": rng.normal(size=(h, c)) * scale,
        "b2": rng.normal(size=c) * scale,
    }
    return params, rng.normal(size=(n, d)), rng.integers(0, c, size=n), draw(st.sampled_from([0.0, 0.3, 5.0]))


def _logits(params: dict[str, Any], X: Any) -> Any:
    return np.clip(X @ params["W1"] + params["b1"], 0, None) @ params["W2"] + params["b2"]


def _loss(params: dict[str, Any], X: Any, y: Any, l2: float) -> float:
    picked = log_softmax(_logits(params, X), axis=1)[np.arange(len(y)), y]
    norms = np.linalg.norm(params["W1"]) ** 2 + np.linalg.norm(params["W2"]) ** 2
    return float(-np.mean(picked) + l2 / 2 * norms)


@given(nets())
@settings(max_examples=40, deadline=None)
def test_loss_and_central_differences(net: Net) -> None:
    params, X, y, l2 = net
    # A step must not carry a hidden unit across its corner.
    z1 = X @ params["W1"] + params["b1"]
    params["b1"] = np.where((abs(z1) < 1e-3).any(axis=0), params["b1"] + 10.0, params["b1"])
    loss, grads = loss_and_grads(params, X, y, l2)
    assert loss == pytest.approx(_loss(params, X, y, l2), rel=1e-10, abs=1e-12)
    step = 1e-5
    for key, value in params.items():
        numeric = np.zeros_like(value)
        for cell in np.ndindex(value.shape):
            moved = [value.copy(), value.copy()]
            moved[0][cell] += step
            moved[1][cell] -= step
            up, down = (_loss({**params, key: other}, X, y, l2) for other in moved)
            numeric[cell] = (up - down) / (2 * step)
        np.testing.assert_allclose(grads[key], numeric, rtol=1e-5, atol=1e-7, err_msg=key)


@given(nets())
@settings(max_examples=30, deadline=None)
def test_loss_is_the_log_loss(net: Net) -> None:
    params, X, y, _ = net
    classes = params["b2"].size
    if classes < 2:
        return
    wanted = log_loss(y, softmax(_logits(params, X), axis=1), labels=np.arange(classes))
    assert loss_and_grads(params, X, y)[0] == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@given(nets(scale=40.0))
@settings(max_examples=40, deadline=None)
def test_extreme_logits_row_by_row(net: Net) -> None:
    """Logits in the thousands: the gradients as a mean of the Jacobians of single rows."""
    params, X, y, l2 = net
    loss, grads = loss_and_grads(params, X, y, l2)
    assert loss == pytest.approx(_loss(params, X, y, l2), rel=1e-12, abs=1e-12)
    wanted = {key: l2 * value if value.ndim == 2 else 0.0 * value for key, value in params.items()}
    for x, label in zip(X, y, strict=True):
        z1 = params["W1"].T @ x + params["b1"]
        logits = params["W2"].T @ np.maximum(z1, 0) + params["b2"]
        pull = np.exp(logits - logsumexp(logits)) - np.eye(len(logits))[label]
        back = np.diag((z1 > 0).astype(float)) @ params["W2"] @ pull
        row = {"W1": np.outer(x, back), "b1": back, "W2": np.outer(np.maximum(z1, 0), pull), "b2": pull}
        for key, value in row.items():
            wanted[key] = wanted[key] + value / len(y)
    for key, value in wanted.items():
        np.testing.assert_allclose(grads[key], value, rtol=1e-9, atol=1e-9, err_msg=key)


@given(nets())
@settings(max_examples=20, deadline=None)
def test_no_unit_active(net: Net) -> None:
    params, X, y, _ = net
    params["b1"] = np.full_like(params["b1"], -1e3)
    loss, grads = loss_and_grads(params, X, y)
    share = np.bincount(y, minlength=params["b2"].size) / len(y)
    assert loss == pytest.approx(logsumexp(params["b2"]) - share @ params["b2"], rel=1e-10, abs=1e-12)
    np.testing.assert_allclose(grads["b2"], softmax(params["b2"]) - share, atol=1e-12)
    assert not any(grads[key].any() for key in ("W1", "b1", "W2"))


@given(nets())
@settings(max_examples=20, deadline=None)
def test_every_unit_active(net: Net) -> None:
    """The network is then one linear map, and its gradients follow from those of that map."""
    params, X, y, _ = net
    params["b1"] = np.full_like(params["b1"], 100.0)
    _, grads = loss_and_grads(params, X, y)
    logits = X @ (params["W1"] @ params["W2"]) + (params["b1"] @ params["W2"] + params["b2"])
    pull = (softmax(logits, axis=1) - np.eye(logits.shape[1])[y]) / len(y)
    of_map, of_shift = X.T @ pull, pull.sum(axis=0)
    np.testing.assert_allclose(grads["W1"], of_map @ params["W2"].T, atol=1e-9)
    np.testing.assert_allclose(grads["b1"], params["W2"] @ of_shift, atol=1e-9)
    second = params["W1"].T @ of_map + np.outer(params["b1"], of_shift)
    np.testing.assert_allclose(grads["W2"], second, atol=1e-8)
    np.testing.assert_allclose(grads["b2"], of_shift, atol=1e-9)


@given(nets())
@settings(max_examples=20, deadline=None)
def test_no_rows_leave_the_penalty(net: Net) -> None:
    params, X, y, l2 = net
    loss, grads = loss_and_grads(params, X[:0], y[:0], l2)
    assert loss == pytest.approx(l2 / 2 * sum(np.sum(params[key] ** 2) for key in ("W1", "W2")))
    for key, value in params.items():
        wanted = l2 * value if value.ndim == 2 else np.zeros_like(value)
        np.testing.assert_allclose(grads[key], wanted, rtol=1e-12)
