"""The reference of debug_cv_selection against a scikit-learn pipeline on the same folds."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.model_selection import PredefinedSplit, cross_val_score
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

REFERENCE = Path(__file__).parents[3] / "scenarios" / "debug_cv_selection" / "reference.py"
NAMES = runpy.run_path(str(REFERENCE))
cv_score, make_folds = NAMES["cv_score"], NAMES["make_folds"]


@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(1, 8), st.integers(5, 14))
@settings(max_examples=12, deadline=None)
def test_like_the_library(seed: int, k: int, n_features: int, ones: int) -> None:
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.repeat([0, 1], [15, ones]))
    X = rng.normal(size=(len(y), 20)) * rng.uniform(0.1, 50, size=20)
    X[:, 4] += 20.0 * y
    model = make_pipeline(SelectKBest(f_classif, k=n_features), StandardScaler(), NearestCentroid())
    wanted = cross_val_score(model, X, y, cv=PredefinedSplit(make_folds(y, k, seed)))
    got = cv_score(X, y, k, n_features, seed)
    np.testing.assert_allclose([got["mean"], got["std"]], [wanted.mean(), wanted.std()], atol=1e-12)


@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(6, 20), st.integers(6, 20))
@settings(max_examples=20, deadline=None)
def test_folds_are_stratified(seed: int, k: int, zeros: int, ones: int) -> None:
    y = np.repeat([0, 1], [zeros, ones])
    fold = make_folds(y, k, seed)
    for label in (0, 1):
        counts = np.bincount(fold[y == label], minlength=k)
        assert counts.max() - counts.min() <= 1
