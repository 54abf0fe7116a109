import numpy as np


class PCA:
    def __init__(self, k):
        self.k = k
        self.directions = None
        self.explained_ratio = None

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        if not 1 <= self.k <= min(X.shape):
            raise ValueError(f"k must be between 1 and {min(X.shape)}, got {self.k}")
        self.mean = X.mean(axis=0)
        _, sizes, Vt = np.linalg.svd(X - self.mean, full_matrices=False)
        variances = sizes**2
        total = variances.sum()
        directions = Vt[:, : self.k].T
        largest = np.abs(directions).argmax(axis=1)
        signs = np.sign(directions[np.arange(self.k), largest])
        self.directions = directions * signs[:, None]
        self.explained_ratio = variances[: self.k] / (total if total > 0 else 1.0)
        return self

    def transform(self, X):
        if self.directions is None:
            raise RuntimeError("fit before transforming")
        return (np.asarray(X, dtype=float) - self.mean) @ self.directions.T
