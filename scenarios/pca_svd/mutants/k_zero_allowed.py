import numpy as np


def as_table(X):
    table = np.array(X, dtype=float)
    if table.ndim != 2:
        raise ValueError("X must have rows and columns")
    return table


class PCA:
    def __init__(self, k):
        self.k = k
        self.mean = None

    def fit(self, X):
        table = as_table(X)
        n, d = table.shape
        if self.k > min(n, d):
            raise ValueError(f"k must lie between 1 and {min(n, d)}")
        mean = table[0] if (table == table[0]).all() else table.mean(axis=0)
        _, singular, directions = np.linalg.svd(table - mean, full_matrices=False)
        variance = singular**2
        total = variance.sum()
        kept = directions[: self.k]
        largest = np.abs(kept).argmax(axis=1)
        signs = np.where(kept[np.arange(self.k), largest] < 0, -1.0, 1.0)
        self.mean = mean
        self.components = kept * signs[:, None]
        self.explained_ratio = variance[: self.k] / total if total > 0 else np.zeros(self.k)
        return self

    def transform(self, X):
        if self.mean is None:
            raise RuntimeError("call fit first")
        table = as_table(X)
        if table.shape[1] != len(self.mean):
            raise ValueError(f"fitted on {len(self.mean)} columns, got {table.shape[1]}")
        return (table - self.mean) @ self.components.T
