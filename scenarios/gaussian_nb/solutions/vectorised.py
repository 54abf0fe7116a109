import numpy as np


class GNB:
    """All classes at once: the squared distance to every class, weighted by its precision."""

    fitted = False

    def __init__(self, eps=1e-9):
        self.eps = eps

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        if X.shape[0] != y.shape[0] or y.size == 0:
            raise ValueError("rows and labels differ in number")
        self.classes_, index, counts = np.unique(y, return_inverse=True, return_counts=True)
        member = np.eye(len(counts))[index] / counts
        base = X[0]
        moved = X - base
        self.means = member.T @ moved
        spread = member.T @ (moved - self.means[index]) ** 2
        self.known = (moved != 0).any()
        spread += self.eps * moved.var(axis=0).max()
        self.precision = 1 / np.where(spread > 0, spread, 1.0) if self.known else np.zeros_like(spread)
        self.base = base
        self.start = np.log(counts / len(y))
        if self.known:
            self.start = self.start - 0.5 * np.log(2 * np.pi * spread).sum(axis=1)
        self.fitted = True
        return self

    def predict_log_proba(self, X):
        if not self.fitted:
            raise RuntimeError("fit first")
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != len(self.base):
            raise ValueError("columns differ from fit")
        away = (X - self.base)[:, None, :] - self.means
        joint = self.start - 0.5 * (away**2 * self.precision).sum(axis=2)
        return joint - np.logaddexp.reduce(joint, axis=1)[:, None]

    def predict(self, X):
        best = np.argmax(self.predict_log_proba(X), axis=1)
        return self.classes_[best]
