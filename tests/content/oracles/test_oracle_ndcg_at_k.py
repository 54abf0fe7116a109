"""The reference of ndcg_at_k against scikit-learn, whose gain is linear: it is given 2^grade - 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

grades = st.lists(st.integers(0, 3), min_size=2, max_size=12)


@given(grades, st.integers(1, 14), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_whole_list_shown(
    reference: Callable[[str], dict[str, Any]], page: list[int], k: int, random: Any
) -> None:
    ndcg = reference("ndcg_at_k")["ndcg"]
    judged = random.sample(page, len(page))
    gains = [2.0**grade - 1 for grade in page]
    places = [-float(place) for place in range(len(page))]
    assert ndcg(page, judged, k) == pytest.approx(ndcg_score([gains], [places], k=k))


@given(grades, st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_page_that_misses_some(
    reference: Callable[[str], dict[str, Any]], judged: list[int], shown: int, k: int
) -> None:
    # What the page leaves out gains nothing, as if worthless documents filled up the first k places.
    ndcg = reference("ndcg_at_k")["ndcg"]
    page = judged[:shown]
    gains = [2.0**grade - 1 for grade in page] + [0.0] * k + [2.0**grade - 1 for grade in judged[shown:]]
    places = [-float(place) for place in range(len(gains))]
    assert ndcg(page, judged, k) == pytest.approx(ndcg_score([gains], [places], k=k))
