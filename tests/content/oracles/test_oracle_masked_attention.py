"""The reference of masked_attention against SciPy's softmax."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax

REFERENCE = Path(__file__).parents[3] / "scenarios" / "masked_attention" / "reference.py"
attention = runpy.run_path(str(REFERENCE))["attention"]


@st.composite
def heads(draw: st.DrawFn) -> tuple[Any, Any, Any, Any]:
    """Queries, keys, values and a mask in which some queries may see nothing; scores up to some 1e5."""
    b, t, s = draw(st.integers(1, 3)), draw(st.integers(1, 4)), draw(st.integers(1, 5))
    d, v = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    scale = draw(st.sampled_from([0.1, 1.0, 300.0]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    mask = np.array([[[draw(st.booleans()) for _ in range(s)] for _ in range(t)] for _ in range(b)])
    Q, K = rng.normal(size=(b, t, d)) * scale, rng.normal(size=(b, s, d)) * scale
    return Q, K, rng.normal(size=(b, s, v)), mask


@given(heads())
@settings(max_examples=60, deadline=None)
def test_softmax_over_the_allowed_keys(head: tuple[Any, Any, Any, Any]) -> None:
    Q, K, V, mask = head
    out, weights = attention(Q, K, V, mask)
    for i, j in np.ndindex(*mask.shape[:2]):
        keys = np.flatnonzero(mask[i, j])
        wanted = np.zeros(mask.shape[2])
        if len(keys):
            wanted[keys] = softmax(K[i, keys] @ Q[i, j] / np.sqrt(Q.shape[2]))
        np.testing.assert_allclose(weights[i, j], wanted, rtol=1e-7, atol=1e-12)
        np.testing.assert_allclose(out[i, j], wanted @ V[i], rtol=1e-7, atol=1e-10)


@given(heads())
@settings(max_examples=30, deadline=None)
def test_no_mask_is_a_mask_of_true(head: tuple[Any, Any, Any, Any]) -> None:
    Q, K, V, mask = head
    for mine, theirs in zip(attention(Q, K, V), attention(Q, K, V, np.ones_like(mask)), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    logits = np.einsum("btd,bsd->bts", Q, K) / np.sqrt(Q.shape[2])
    np.testing.assert_allclose(attention(Q, K, V)[1], softmax(logits, axis=-1), rtol=1e-7, atol=1e-12)


@given(heads())
@settings(max_examples=30, deadline=None)
def test_one_mask_for_the_batch(head: tuple[Any, Any, Any, Any]) -> None:
    Q, K, V, mask = head
    shared = attention(Q, K, V, mask[0])
    for i in range(len(Q)):
        alone = attention(Q[i : i + 1], K[i : i + 1], V[i : i + 1], mask[:1])
        np.testing.assert_allclose(shared[0][i], alone[0][0], rtol=1e-7, atol=1e-10)
