import numpy as np


def ols(X, y, l2=0.0):
    if l2 < 0:
        raise ValueError("a penalty cannot be negative")
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    mu = X.mean(0)
    U, s, Vt = np.linalg.svd(X - mu, full_matrices=False)
    kept = s > s.max() * max(X.shape) * np.finfo(float).eps
    gain = np.zeros_like(s)
    gain[kept] = s[kept] / (s[kept] ** 2 + l2)
    w = Vt.T @ (gain * (U.T @ (y - y.mean())))
    return w, y.mean() - mu @ w
