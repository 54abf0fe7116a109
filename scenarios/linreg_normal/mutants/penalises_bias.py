import numpy as np


def ols(X, y, l2=0.0):
    if l2 < 0:
        raise ValueError(f"l2 must not be negative, got {l2}")
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    if l2 == 0:
        Xc = X - X.mean(axis=0)
        w = np.linalg.lstsq(Xc, y - y.mean(), rcond=None)[0]
        return w, float(y.mean() - X.mean(axis=0) @ w)
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.linalg.solve(A.T @ A + l2 * np.eye(A.shape[1]), A.T @ y)
    return theta[:-1], float(theta[-1])
