"""The reference of average_precision against scikit-learn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

few_scores = st.integers(-2, 2).map(float)
any_scores = st.floats(-1e300, 1e300)


def rows(scores: st.SearchStrategy[float]) -> st.SearchStrategy[list[tuple[int, float]]]:
    row = st.tuples(st.integers(0, 1), scores)
    return st.lists(row, min_size=1, max_size=40).filter(lambda found: any(label for label, _ in found))


@given(rows(st.one_of(few_scores, any_scores)))
@settings(max_examples=40, deadline=None)
def test_random_rows(reference: Callable[[str], dict[str, Any]], found: list[tuple[int, float]]) -> None:
    labels, scores = zip(*found, strict=True)
    got = reference("average_precision")["average_precision"](labels, scores)
    assert got == pytest.approx(average_precision_score(labels, scores), abs=1e-12)


@given(rows(few_scores))
@settings(max_examples=40, deadline=None)
def test_many_equal_scores(
    reference: Callable[[str], dict[str, Any]], found: list[tuple[int, float]]
) -> None:
    labels, scores = zip(*found, strict=True)
    got = reference("average_precision")["average_precision"](labels, scores)
    assert got == pytest.approx(average_precision_score(labels, scores), abs=1e-12)
