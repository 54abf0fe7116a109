import numpy as np


class Scaler:
    mean_ = scale_ = None

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        seen = ~np.isnan(X)
        n = np.maximum(seen.sum(axis=0), 1)
        low = np.where(seen, X, np.inf).min(axis=0)
        high = np.where(seen, X, -np.inf).max(axis=0)
        self.flat_ = low == high
        total = np.where(seen, X, 0.0).sum(axis=0)
        mean = np.where(self.flat_, low, total / n)
        variance = np.where(seen, (X - mean) ** 2, 0.0).sum(axis=0) / n
        empty = ~seen.any(axis=0)
        self.mean_ = np.where(empty, np.nan, mean)
        self.scale_ = np.where(empty, np.nan, np.sqrt(variance))
        return self

    def _rows(self, X):
        if self.mean_ is None:
            raise RuntimeError("call fit before this")
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != self.mean_.size:
            raise ValueError("X does not have the columns seen in fit")
        return X

    def transform(self, X):
        X = self._rows(X)
        out = np.full(X.shape, np.nan)
        usable = ~self.flat_ & ~np.isnan(self.mean_)
        out[:, usable] = (X[:, usable] - self.mean_[usable]) / self.scale_[usable]
        out[:, self.flat_] = np.where(np.isnan(X[:, self.flat_]), np.nan, 0.0)
        return out

    def inverse(self, X):
        return self._rows(X) * self.scale_ + self.mean_
