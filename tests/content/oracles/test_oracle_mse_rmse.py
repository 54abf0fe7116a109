"""The reference against scikit-learn's regression metrics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import mean_squared_error, root_mean_squared_error

Reference = Callable[[str], dict[str, Any]]

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)


@given(pairs=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=40))
def test_same_numbers(reference: Reference, pairs: list[tuple[float, float]]) -> None:
    truth, guess = ([p[i] for p in pairs] for i in (0, 1))
    mse, rmse = reference("mse_rmse")["mse_rmse"](truth, guess)
    np.testing.assert_allclose(mse, mean_squared_error(truth, guess), rtol=1e-12)
    np.testing.assert_allclose(rmse, root_mean_squared_error(truth, guess), rtol=1e-12)


@given(length=st.integers(1, 10), other=st.integers(0, 10))
def test_unequal_lengths_are_refused_by_both(reference: Reference, length: int, other: int) -> None:
    if length == other:
        return
    for function in (reference("mse_rmse")["mse_rmse"], mean_squared_error):
        with pytest.raises(ValueError):
            function([0.0] * length, [0.0] * other)
