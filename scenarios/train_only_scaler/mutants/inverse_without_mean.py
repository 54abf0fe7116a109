import numpy as np


def as_rows(X):
    rows = np.array(X, dtype=float)
    if rows.ndim != 2:
        raise ValueError("X must have rows and columns")
    return rows


class Scaler:
    def __init__(self):
        self.mean = None

    def fit(self, X):
        rows = as_rows(X)
        columns = rows.shape[1]
        mean, std = np.full(columns, np.nan), np.full(columns, np.nan)
        constant = np.zeros(columns, dtype=bool)
        for j in range(columns):
            known = rows[~np.isnan(rows[:, j]), j]
            if len(known):
                constant[j] = known.min() == known.max()
                mean[j] = known[0] if constant[j] else known.mean()
                std[j] = 0.0 if constant[j] else known.std()
        self.mean, self.std, self.constant = mean, std, constant
        return self

    def transform(self, X):
        rows = self._checked(X)
        divisor = np.where(self.constant, 1.0, self.std)
        scaled = (rows - self.mean) / divisor
        return np.where(self.constant & ~np.isnan(rows), 0.0, scaled)

    def inverse(self, X):
        return self._checked(X) * self.std

    def _checked(self, X):
        if self.mean is None:
            raise RuntimeError("fit the scaler first")
        rows = as_rows(X)
        if rows.shape[1] != len(self.mean):
            raise ValueError(f"fitted on {len(self.mean)} columns, got {rows.shape[1]}")
        return rows
