import numpy as np


class PCA:
    def __init__(self, k):
        self.k = k
        self.chosen = None

    def fit(self, X):
        table = np.array(X, dtype=float)
        if not 1 <= self.k <= min(table.shape):
            raise ValueError("k does not fit")
        variance = table.var(axis=0)
        self.chosen = np.argsort(-variance, kind="stable")[: self.k]
        self.mean = table.mean(axis=0)
        total = variance.sum()
        self.explained_ratio = variance[self.chosen] / total if total > 0 else np.zeros(self.k)
        return self

    def transform(self, X):
        if self.chosen is None:
            raise RuntimeError("call fit first")
        table = np.array(X, dtype=float)
        if table.shape[1] != len(self.mean):
            raise ValueError("another number of columns")
        return (table - self.mean)[:, self.chosen]
