"""The reference against scikit-learn's Adam, against plain gradient descent, and against closed forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer

Reference = Callable[[str], dict[str, Any]]
Array = NDArray[np.float64]

numbers = st.floats(-1e3, 1e3).map(lambda x: x if abs(x) > 1e-6 else 0.0)
betas = st.sampled_from([0.0, 0.5, 0.9, 0.999])
shapes = array_shapes(min_dims=0, max_dims=3, max_side=3)


@st.composite
def runs(draw: st.DrawFn) -> tuple[Array, list[Array]]:
    """A parameter and some gradients of its shape, zeros among them."""
    shape = draw(shapes)
    some = arrays(np.float64, shape, elements=numbers)
    return draw(some), draw(st.lists(some, min_size=1, max_size=6))


def peer(start: Array, grads: list[Array], lr: float, b1: float, b2: float, eps: float, wd: float) -> Array:
    """The same steps by scikit-learn, which adds eps before the correction and knows no decay."""
    at = start.copy()
    optimiser = AdamOptimizer([at], lr, b1, b2)
    for t, grad in enumerate(grads, start=1):
        optimiser.epsilon = eps * np.sqrt(1 - b2**t)
        shrunk = at * (1 - lr * wd) - at
        optimiser.update_params([at], [grad])
        at += shrunk
    return at


@settings(deadline=None, max_examples=50)
@given(
    run=runs(),
    lr=st.sampled_from([0.001, 0.1, 1.0]),
    b1=betas,
    b2=betas,
    eps=st.sampled_from([1e-8, 0.1]),
    wd=st.sampled_from([0.0, 0.01, 0.5]),
)
def test_same_path_as_scikit_learn(
    reference: Reference,
    run: tuple[Array, list[Array]],
    lr: float,
    b1: float,
    b2: float,
    eps: float,
    wd: float,
) -> None:
    start, grads = run
    param = start.copy()
    optimiser = reference("adam_step")["Adam"](lr, b1, b2, eps, wd)
    for grad in grads:
        assert optimiser.step({"w": param}, {"w": grad}) is None
    np.testing.assert_allclose(param, peer(start, grads, lr, b1, b2, eps, wd), rtol=1e-7, atol=1e-9)


@settings(deadline=None, max_examples=25)
@given(run=runs(), b1=betas, b2=betas)
def test_huge_eps_leaves_gradient_descent_with_momentum(
    reference: Reference, run: tuple[Array, list[Array]], b1: float, b2: float
) -> None:
    """With eps far above all gradients a step is lr / eps times their weighted mean."""
    start, grads = run
    param, eps = start.copy(), 1e14
    optimiser = reference("adam_step")["Adam"](eps * 0.01, b1, b2, eps, 0.0)
    wanted = start.copy()
    for t, grad in enumerate(grads):
        optimiser.step({"w": param}, {"w": grad})
        weights = b1 ** np.arange(t, -1, -1.0)
        wanted -= 0.01 * np.tensordot(weights, np.array(grads[: t + 1]), axes=1) / weights.sum()
    np.testing.assert_allclose(param, wanted, rtol=1e-7, atol=1e-7)


@settings(deadline=None, max_examples=25)
@given(run=runs(), n=st.integers(1, 30), b1=betas, b2=betas, wd=st.sampled_from([0.0, 0.3]))
def test_constant_gradient_in_closed_form(
    reference: Reference, run: tuple[Array, list[Array]], n: int, b1: float, b2: float, wd: float
) -> None:
    """Each step is lr g / (|g| + eps) then, so that decay turns the path into a geometric series."""
    start, (grad, *_) = run
    param, lr, eps = start.copy(), 0.1, 0.01
    optimiser = reference("adam_step")["Adam"](lr, b1, b2, eps, wd)
    for _ in range(n):
        optimiser.step({"w": param}, {"w": grad})
    keep = 1 - lr * wd
    steps = float(n) if wd == 0 else (1 - keep**n) / (1 - keep)
    wanted = keep**n * start - lr * steps * grad / (np.abs(grad) + eps)
    np.testing.assert_allclose(param, wanted, rtol=1e-7, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(
    script=st.lists(
        st.tuples(st.sets(st.sampled_from("abc")), st.sampled_from(["good", "nan", "inf", "-inf"])),
        max_size=10,
    ),
    seed=st.integers(0, 1000),
)
def test_each_name_moves_as_if_alone(
    reference: Reference, script: list[tuple[set[str], str]], seed: int
) -> None:
    """What a name goes through depends on its own accepted gradients and on nothing else."""
    adam, rng = reference("adam_step")["Adam"], np.random.default_rng(seed)
    start = {name: rng.normal(size=2) for name in "abc"}
    together, params = adam(lr=0.1, wd=0.2), {name: array.copy() for name, array in start.items()}
    accepted: dict[str, list[Array]] = {name: [] for name in "abc"}
    for names, kind in script:
        grads: dict[str, Array | None] = {name: rng.normal(size=2) for name in sorted(names)}
        if kind != "good" and names:
            bad = rng.normal(size=2)
            bad[rng.integers(2)] = float(kind)
            grads[max(names)] = bad
            before = {name: array.copy() for name, array in params.items()}
            with pytest.raises(ValueError, match="not finite"):
                together.step(params, grads)
            for name in "abc":
                np.testing.assert_array_equal(params[name], before[name])
            continue
        for name, grad in grads.items():
            assert grad is not None
            accepted[name].append(grad)
        together.step(params, {**dict.fromkeys("abc"), **grads} if seed % 2 else grads)
    for name in "abc":
        alone, param = adam(lr=0.1, wd=0.2), start[name].copy()
        for grad in accepted[name]:
            alone.step({name: param}, {name: grad})
        np.testing.assert_array_equal(params[name], param)
