"""The reference of downsample_weights against scikit-learn's weighted metrics and exact binomials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, chisquare
from sklearn.metrics import brier_score_loss, confusion_matrix, log_loss

DRAWS = 250


@pytest.fixture(scope="module")
def downsample(reference: Callable[[str], dict[str, Any]]) -> Callable[..., tuple[Any, Any]]:
    found: Callable[..., tuple[Any, Any]] = reference("downsample_weights")["downsample"]
    return found


def log_of(seed: int, rows: int = 800) -> tuple[Any, Any]:
    """Labels with a few positives, and predicted probabilities for them.

    Its generator must not be the one of the sampler: the same numbers would decide label and coin.
    """
    rng = np.random.default_rng([seed, 1])
    y = (rng.random(rows) < 0.1).astype(int)
    y[0] = 1
    return y, np.clip(rng.beta(1, 6, size=rows) + 0.2 * y, 0.01, 0.99)


@pytest.mark.parametrize("rate", [0.05, 0.5])
@pytest.mark.parametrize("metric", [log_loss, brier_score_loss])
def test_weighted_metrics_are_unbiased(
    downsample: Callable[..., tuple[Any, Any]], metric: Callable[..., float], rate: float
) -> None:
    """The mean over many seeds of the weighted total loss is the loss of all rows."""
    y, p = log_of(3)
    totals = []
    for seed in range(DRAWS):
        idx, weight = downsample(y, rate, seed)
        totals.append(metric(y[idx], p[idx], sample_weight=weight) * weight.sum())
    error = np.std(totals, ddof=1) / np.sqrt(DRAWS)
    assert abs(np.mean(totals) - metric(y, p) * len(y)) < 5 * error


@given(st.integers(0, 2**32 - 1), st.floats(0.02, 1.0), st.floats(0.0, 0.9))
@settings(max_examples=40, deadline=None)
def test_weighted_confusion(
    downsample: Callable[..., tuple[Any, Any]], seed: int, rate: float, threshold: float
) -> None:
    """Positives are counted as in all rows; negatives come within seven standard deviations."""
    y, p = log_of(seed)
    idx, weight = downsample(y, rate, seed)
    full = confusion_matrix(y, p > threshold, labels=[0, 1])
    ours = confusion_matrix(y[idx], p[idx] > threshold, sample_weight=weight, labels=[0, 1])
    np.testing.assert_allclose(ours[1], full[1])
    leeway = 7 * np.sqrt(full[0] * (1 - rate) / rate) + 12 / rate * (rate < 1)
    assert (np.abs(ours[0] - full[0]) <= leeway + 1e-9).all()


@pytest.mark.parametrize(("negatives", "rate"), [(5, 0.5), (12, 0.2), (3, 0.9)])
def test_number_kept_is_binomial(
    downsample: Callable[..., tuple[Any, Any]], negatives: int, rate: float
) -> None:
    y = np.repeat([0, 1, 0], [negatives - 1, 2, 1])
    seeds = 4000
    kept = np.array([len(downsample(y, rate, seed)[0]) - 2 for seed in range(seeds)])
    expected = binom.pmf(np.arange(negatives + 1), negatives, rate) * seeds
    common = expected >= 5
    seen = np.bincount(kept, minlength=negatives + 1)
    rest = [[counts[~common].sum()] if (~common).any() else [] for counts in (seen, expected)]
    assert chisquare(np.append(seen[common], rest[0]), np.append(expected[common], rest[1])).pvalue > 1e-5


@given(st.lists(st.booleans(), max_size=25), st.floats(1e-9, 1.0), st.integers(0, 2**40))
@settings(max_examples=80, deadline=None)
def test_any_labels(
    downsample: Callable[..., tuple[Any, Any]], labels: list[bool], rate: float, seed: int
) -> None:
    """Also without rows, without positives and without negatives."""
    if not any(labels):
        with pytest.raises(ValueError, match="positive"):
            downsample(labels, rate, seed)
        return
    y = np.array(labels)
    idx, weight = downsample(labels, rate, seed)
    assert np.array_equal(idx, np.unique(idx))
    assert set(np.flatnonzero(y)) <= set(idx)
    np.testing.assert_allclose(weight, [1.0 if labels[row] else 1.0 / rate for row in idx])
    if rate == 1.0:
        assert len(idx) == len(labels)


def test_leeway_of_the_scenario_tests() -> None:
    """A correct solution leaves seven standard deviations with a probability below 1e-9."""
    for n, rate in ((6000, 0.2), (6000, 0.7), (6000, 0.25)):
        leeway = 7 * np.sqrt(n * rate * (1 - rate))
        low, high = np.ceil(n * rate - leeway) - 1, np.floor(n * rate + leeway)
        assert binom.cdf(low, n, rate) + binom.sf(high, n, rate) < 1e-9
