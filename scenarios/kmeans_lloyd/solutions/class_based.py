import numpy as np


class Lloyd:
    def __init__(self, k, max_iter, tol, seed):
        self.k = k
        self.max_iter = max_iter
        self.tol = tol
        self.random = np.random.RandomState(seed)

    def distances(self, X):
        cross = X @ self.C.T
        return np.maximum((X**2).sum(1)[:, None] - 2 * cross + (self.C**2).sum(1), 0)

    def step(self, X):
        D = self.distances(X)
        owner = D.argmin(axis=1)
        order = list(np.argsort(-D.min(axis=1), kind="stable"))
        new = np.empty_like(self.C)
        for j in range(self.k):
            mine = owner == j
            new[j] = X[mine].mean(axis=0) if mine.any() else X[order.pop(0)]
        done = np.linalg.norm(new - self.C, axis=1).max() < self.tol
        self.C = new
        return done

    def fit(self, X):
        self.C = X[self.random.permutation(len(X))[: self.k]]
        for _ in range(self.max_iter):
            if self.step(X):
                break
        exact = ((X[:, None] - self.C) ** 2).sum(-1)
        return exact.argmin(axis=1), self.C, exact.min(axis=1).sum()


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    X = np.array(X, dtype=np.float64)
    if k <= 0 or k > X.shape[0]:
        raise ValueError("illegal k")
    return Lloyd(k, max_iter, tol, seed).fit(X)
