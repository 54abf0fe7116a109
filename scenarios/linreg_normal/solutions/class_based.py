import numpy as np


class LeastSquares:
    """A penalty is nothing but more rows: sqrt(l2) times the unit matrix, with targets of zero."""

    def __init__(self, l2):
        if l2 < 0:
            raise ValueError("l2 < 0")
        self.l2 = l2

    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        d = X.shape[1]
        centre, level = X.mean(axis=0), y.mean()
        rows = np.vstack([X - centre, np.sqrt(self.l2) * np.eye(d)])
        targets = np.concatenate([y - level, np.zeros(d)])
        self.w = np.linalg.pinv(rows) @ targets
        self.b = level - (centre * self.w).sum()
        return self


def ols(X, y, l2=0.0):
    model = LeastSquares(l2).fit(X, y)
    return model.w, model.b
