import numpy as np


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


class LogReg:
    def __init__(self, lr=0.1, n_iter=1000, l2=0.0):
        self.lr = lr
        self.n_iter = n_iter
        self.l2 = l2
        self.w = None

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        if set(y.tolist()) != {0.0, 1.0}:
            raise ValueError("y must hold 0 and 1, both of them and nothing else")
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        for _ in range(self.n_iter):
            error = sigmoid(X @ self.w + self.b) - y
            self.w -= self.lr * (X.T @ error / len(y))
            self.b -= self.lr * error.mean()
        return self

    def predict_proba(self, X):
        if self.w is None:
            raise RuntimeError("fit the model before predicting")
        return sigmoid(np.asarray(X, dtype=float) @ self.w + self.b)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
