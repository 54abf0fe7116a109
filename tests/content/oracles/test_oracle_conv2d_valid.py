"""The reference of conv2d_valid against SciPy's correlate2d."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import correlate2d

REFERENCE = Path(__file__).parents[3] / "scenarios" / "conv2d_valid" / "reference.py"
conv2d = runpy.run_path(str(REFERENCE))["conv2d"]


def _scipy(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    """All places of stride 1 by SciPy, channel by channel, then every stride-th."""
    framed = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    maps = [
        [
            sum(correlate2d(plane, cell, mode="valid") for plane, cell in zip(image, kernel, strict=True))
            for kernel in w
        ]
        for image in framed
    ]
    return np.array(maps)[:, :, ::stride, ::stride] + b[:, None, None]


@st.composite
def layers(draw: st.DrawFn) -> tuple[Any, Any, Any, int, int]:
    """Images, kernels, biases, stride and pad such that the kernel fits."""
    n, c, o = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    pad, stride = draw(st.integers(0, 2)), draw(st.integers(1, 4))
    # SciPy swaps the roles of image and kernel when only the second covers the first.
    kh, kw = draw(st.integers(1, height + 2 * pad)), draw(st.integers(1, width + 2 * pad))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return (
        rng.normal(size=(n, c, height, width)),
        rng.normal(size=(o, c, kh, kw)),
        rng.normal(size=o),
        stride,
        pad,
    )


@given(layers())
@settings(max_examples=60, deadline=None)
def test_correlate2d(layer: tuple[Any, Any, Any, int, int]) -> None:
    np.testing.assert_allclose(conv2d(*layer), _scipy(*layer), rtol=1e-9, atol=1e-11)


@given(layers(), st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_kernel_that_does_not_fit(layer: tuple[Any, Any, Any, int, int], more: int) -> None:
    x, w, b, stride, pad = layer
    o, c, _, kw = w.shape
    tall = np.ones((o, c, x.shape[2] + 2 * pad + more, kw))
    with pytest.raises(ValueError, match="does not fit"):
        conv2d(x, tall, b, stride, pad)
