import numpy as np


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    X = np.array(X, float)
    if not (0 < k <= X.shape[0]):
        raise ValueError("need 1 <= k <= n")
    np.random.seed(seed)
    C = X[np.random.choice(len(X), k, replace=False)]

    def sq(C):
        return np.square(X[:, np.newaxis] - C).sum(axis=-1)

    for _ in range(max_iter):
        d = sq(C)
        onehot = np.eye(k)[d.argmin(1)]
        size = onehot.sum(0)
        new = (onehot.T @ X) / np.maximum(size, 1)[:, None]
        empty = np.flatnonzero(size == 0)
        new[empty] = X[np.argsort(-d.min(1), kind="stable")[: len(empty)]]
        shift = np.linalg.norm(new - C, axis=1)
        C = new
        if (shift < tol).all():
            break
    d = sq(C)
    return d.argmin(1), C, float(d.min(1).sum())
