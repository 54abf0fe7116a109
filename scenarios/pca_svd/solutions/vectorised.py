import numpy as np


class PCA:
    def __init__(self, k):
        if k < 1:
            raise ValueError("k must be at least 1")
        self.k, self.fitted = k, False

    def fit(self, X):
        X = np.array(X, dtype=float)
        if self.k > min(X.shape):
            raise ValueError("k is larger than the table allows")
        self.centre = X.mean(axis=0)
        moved = X - self.centre
        moved[:, X.min(axis=0) == X.max(axis=0)] = 0.0
        values, vectors = np.linalg.eigh(moved.T @ moved / len(X))
        values, vectors = values[::-1][: self.k], vectors[:, ::-1][:, : self.k]
        spread = (moved**2).sum() / len(X)
        self.explained_ratio = np.maximum(values, 0.0) / spread if spread else np.zeros(self.k)
        picks = vectors[np.abs(vectors).argmax(axis=0), np.arange(self.k)]
        self.axes = vectors * np.sign(picks)
        self.fitted = True
        return self

    def transform(self, X):
        if not self.fitted:
            raise RuntimeError("not fitted")
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != self.axes.shape[0]:
            raise ValueError("another number of columns than in fit")
        return (X - self.centre) @ self.axes
