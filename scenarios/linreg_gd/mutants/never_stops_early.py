import numpy as np


class LinReg:
    def __init__(self, lr=0.1, n_iter=1000):
        self.lr = lr
        self.n_iter = n_iter
        self.w = None

    def scale(self, X):
        return np.where(self.varies, (X - self.mean) / self.std, 0.0)

    def learn_scale(self, X):
        self.varies = X.max(axis=0) > X.min(axis=0)
        self.mean = X.mean(axis=0)
        self.std = np.where(self.varies, X.std(axis=0), 1.0)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1)
        self.learn_scale(X)
        Z = self.scale(X)
        n = len(Z)
        self.w = np.zeros(Z.shape[1])
        self.b = 0.0
        losses = np.empty(self.n_iter)
        for number in range(self.n_iter):
            residual = Z @ self.w + self.b - y
            losses[number] = (residual**2).mean()
            self.w -= self.lr * Z.T @ residual / n
            self.b -= self.lr * residual.mean()
        return self

    def predict(self, X):
        if self.w is None:
            raise RuntimeError("fit the model before predicting")
        return self.scale(np.asarray(X, dtype=float)) @ self.w + self.b
