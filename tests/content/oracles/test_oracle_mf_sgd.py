"""The reference without factors, run long with small steps, against scikit-learn's ridge regression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

Reference = Callable[[str], dict[str, Any]]
Triples = list[tuple[str, str, float]]


def ridge_biases(triples: Triples, l2: float) -> tuple[float, dict[str, float]]:
    """Mean and biases that minimise squared error plus l2 times each bias squared, once per rating."""
    mean = float(np.mean([r for _, _, r in triples]))
    ids = sorted({u for u, _, _ in triples} | {i for _, i, _ in triples})
    design = np.array([[float(name in (u, i)) for name in ids] for u, i, _ in triples])
    root = np.sqrt(design.sum(axis=0))
    peer = Ridge(alpha=l2, fit_intercept=False, solver="cholesky").fit(
        design / root, [r - mean for _, _, r in triples]
    )
    return mean, dict(zip(ids, (peer.coef_ / root).tolist(), strict=True))


@settings(deadline=None, max_examples=12)
@given(
    pairs=st.dictionaries(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")),
        st.integers(1, 5),
        min_size=1,
        max_size=10,
    ),
    l2=st.sampled_from([1.0, 3.0]),
    seed=st.integers(0, 1000),
)
def test_biases_settle_where_ridge_puts_them(
    reference: Reference, pairs: dict[tuple[str, str], int], l2: float, seed: int
) -> None:
    triples = [(u, i, float(r)) for (u, i), r in pairs.items()]
    mean, biases = ridge_biases(triples, l2)
    model = reference("mf_sgd")["MF"](k=0, lr=0.01, l2=l2, epochs=600, seed=seed).fit(triples)
    for user in [*"abcde", "?"]:
        for item in [*"vwxyz", "?"]:
            wanted = mean + biases.get(user, 0.0) + biases.get(item, 0.0)
            np.testing.assert_allclose(model.predict(user, item), np.clip(wanted, 1, 5), atol=0.1)


@settings(deadline=None, max_examples=30)
@given(rating=st.floats(1, 5), times=st.integers(1, 4), k=st.integers(0, 3))
def test_one_pair_rated_over_and_over(reference: Reference, rating: float, times: int, k: int) -> None:
    """Only the last rating counts; without anything to explain the guess stays close to it."""
    triples = [("ann", "jaws", 3.0)] * (times - 1) + [("ann", "jaws", rating)]
    model = reference("mf_sgd")["MF"](k=k, epochs=5).fit(triples)
    np.testing.assert_allclose(model.predict("ann", "jaws"), rating, atol=0.2)
    assert model.predict("bob", "alien") == rating
