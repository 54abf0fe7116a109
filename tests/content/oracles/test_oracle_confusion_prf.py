"""The reference of confusion_prf against scikit-learn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

tickets = st.lists(st.tuples(st.integers(-2, 3), st.integers(-2, 3)), min_size=1, max_size=30)


@given(tickets)
@settings(max_examples=25, deadline=None)
def test_every_average(reference: Callable[[str], dict[str, Any]], rows: list[tuple[int, int]]) -> None:
    prf = reference("confusion_prf")["prf"]
    truth, guess = [a for a, _ in rows], [p for _, p in rows]
    labels = sorted({*truth, *guess})
    for average in (None, "macro", "micro"):
        wanted = precision_recall_fscore_support(
            truth, guess, labels=labels, average=average, zero_division=0.0
        )
        got = prf(truth, guess, average)
        for name, value in zip(("precision", "recall", "f1"), wanted, strict=False):
            mine = [got[name][label] for label in labels] if average is None else got[name]
            assert mine == pytest.approx(value, abs=1e-12)
    assert prf(truth, guess, None)["undefined"] == sorted(set(truth) ^ set(guess))
