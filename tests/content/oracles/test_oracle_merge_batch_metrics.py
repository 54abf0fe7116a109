"""The reference of merge_batch_metrics against scikit-learn over all rows at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, log_loss, precision_score, recall_score

row = st.tuples(st.integers(0, 1), st.floats(0.001, 0.999))
batches = st.lists(st.lists(row, max_size=8), min_size=1, max_size=6).filter(lambda found: any(found))


@given(batches)
@settings(max_examples=20, deadline=None)
def test_cut_and_merged(
    reference: Callable[[str], dict[str, Any]], found: list[list[tuple[int, float]]]
) -> None:
    make = reference("merge_batch_metrics")["Meter"]
    whole = make()
    for batch in found:
        meter = make()
        meter.update([y for y, _ in batch], [p for _, p in batch])
        whole.merge(meter)
    truth = [y for batch in found for y, _ in batch]
    chances = [p for batch in found for _, p in batch]
    said = [int(p >= 0.5) for p in chances]
    got = whole.result()
    assert got["precision"] == pytest.approx(precision_score(truth, said, zero_division=0.0))
    assert got["recall"] == pytest.approx(recall_score(truth, said, zero_division=0.0))
    assert got["f1"] == pytest.approx(f1_score(truth, said, zero_division=0.0))
    assert got["loss"] == pytest.approx(log_loss(truth, chances, labels=[0, 1]))
