import numpy as np


class LogReg:
    """One vector of parameters over a design with a leading column of ones."""

    def __init__(self, lr=0.1, n_iter=1000, l2=0.0):
        self.lr, self.n_iter, self.l2 = lr, n_iter, l2

    @staticmethod
    def _design(X):
        X = np.array(X, dtype=float)
        return np.hstack([np.ones((X.shape[0], 1)), X])

    @staticmethod
    def _p(z):
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

    def fit(self, X, y):
        A = self._design(X)
        y = np.array(y).reshape(-1)
        if not np.isin(y, [0, 1]).all() or len(np.unique(y)) < 2:
            raise ValueError("labels must be 0 and 1, and both must occur")
        shrink = np.full(A.shape[1], self.l2)
        shrink[0] = 0
        theta = np.zeros(A.shape[1])
        for _ in range(self.n_iter):
            grad = (A * (self._p(A @ theta) - y)[:, None]).mean(axis=0) + shrink * theta
            theta = theta - self.lr * grad
        self.theta = theta
        return self

    def predict_proba(self, X):
        if not hasattr(self, "theta"):
            raise RuntimeError("predict before fit")
        return self._p(self._design(X) @ self.theta)

    def predict(self, X):
        return np.where(self.predict_proba(X) < 0.5, 0, 1)
