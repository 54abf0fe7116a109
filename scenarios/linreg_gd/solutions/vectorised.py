import numpy as np


class LinReg:
    """One parameter vector; the first column of the design is ones."""

    def __init__(self, lr=0.1, n_iter=1000):
        self.lr, self.n_iter = lr, n_iter

    def _design(self, X):
        Z = (np.array(X, dtype=float)[:, self.used] - self.mu) / self.sigma
        return np.hstack([np.ones((len(Z), 1)), Z])

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.ravel(y).astype(float)
        self.used = np.ptp(X, axis=0) > 0
        self.mu = X[:, self.used].mean(0)
        self.sigma = X[:, self.used].std(0)
        A = self._design(X)
        theta = np.zeros(A.shape[1])
        losses = []
        while len(losses) < self.n_iter:
            r = A @ theta - y
            theta = theta - self.lr * 2 * (A * r[:, None]).mean(0)
            losses.append(np.mean((A @ theta - y) ** 2))
            if len(losses) > 1 and abs(losses[-2] - losses[-1]) < 1e-8:
                break
        self.theta = theta
        return self

    def predict(self, X):
        if not hasattr(self, "theta"):
            raise RuntimeError("call fit first")
        return self._design(X) @ self.theta
