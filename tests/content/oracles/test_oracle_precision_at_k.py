"""The reference of precision_at_k against scikit-learn, which sees each row as 0/1 labels per film."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import precision_score, recall_score

FILMS = 8
row = st.permutations(list(range(FILMS)))
likes = st.sets(st.integers(0, FILMS - 1))
viewers = st.lists(st.tuples(row, likes), min_size=1, max_size=5)


@given(viewers, st.integers(1, FILMS))
@settings(max_examples=20, deadline=None)
def test_mean_over_viewers(
    reference: Callable[[str], dict[str, Any]], found: list[tuple[list[int], set[int]]], k: int
) -> None:
    at_k = reference("precision_at_k")["at_k"]
    truth = [[int(film in liked) for film in range(FILMS)] for _, liked in found]
    shown = [[int(film in films[:k]) for film in range(FILMS)] for films, _ in found]
    precision, recall = at_k(
        {v: films for v, (films, _) in enumerate(found)}, {v: liked for v, (_, liked) in enumerate(found)}, k
    )
    options = {"average": "samples", "zero_division": 0.0}
    assert precision == pytest.approx(precision_score(truth, shown, **options))
    some = [v for v, (_, liked) in enumerate(found) if liked]
    if not some:
        assert recall is None
    else:
        wanted = recall_score([truth[v] for v in some], [shown[v] for v in some], **options)
        assert recall == pytest.approx(wanted)
