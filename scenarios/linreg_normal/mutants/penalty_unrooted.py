import numpy as np


def ols(X, y, l2=0.0):
    if l2 < 0:
        raise ValueError(f"l2 must not be negative, got {l2}")
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    x_mean, y_mean = X.mean(axis=0), y.mean()
    Xc, yc = X - x_mean, y - y_mean
    if l2 == 0:
        w = np.linalg.lstsq(Xc, yc, rcond=None)[0]
    else:
        rows = np.vstack([Xc, l2 * np.eye(X.shape[1])])
        w = np.linalg.lstsq(rows, np.concatenate([yc, np.zeros(X.shape[1])]), rcond=None)[0]
    return w, float(y_mean - x_mean @ w)
