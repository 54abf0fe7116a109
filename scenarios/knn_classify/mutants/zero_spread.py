import numpy as np


def scaling(X_train):
    varies = X_train.max(axis=0) > X_train.min(axis=0)
    spread = X_train.std(axis=0)
    return spread, varies


def vote(labels):
    """The most frequent label; among equally frequent ones the one that comes first."""
    counts = {}
    for label in labels:
        counts[label] = counts.get(label, 0) + 1
    return max(counts, key=counts.get)


def knn_predict(X_train, y_train, X, k):
    X_train = np.asarray(X_train, dtype=float)
    X = np.asarray(X, dtype=float)
    if X_train.ndim != 2 or (X.ndim != 2 and X.size):
        raise ValueError("rows and columns are needed: two dimensions")
    if not 1 <= k <= len(X_train):
        raise ValueError(f"k must be between 1 and {len(X_train)}, got {k}")
    if X.size == 0:
        return []
    spread, varies = scaling(X_train)
    found = []
    for row in X:
        # The mean cancels in the difference, and equal differences stay exactly equal.
        steps = (X_train - row) / spread
        distances = (steps**2).sum(axis=1)
        nearest = np.argsort(distances, kind="stable")[:k]
        found.append(vote([y_train[i] for i in nearest]))
    return found
