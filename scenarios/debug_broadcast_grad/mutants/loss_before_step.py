import numpy as np


def train(X, y, lr=0.1, n=100):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).reshape(-1)
    if len(X) == 0:
        raise ValueError("there are no rows to learn from")
    w, b = np.zeros(X.shape[1]), 0.0
    losses = []
    for _ in range(n):
        err = X @ w + b - y
        w = w - lr * 2 * X.T @ err / len(y)
        b = b - lr * 2 * err.mean()
        losses.append(float(np.mean(err**2)))
    return w, float(b), losses
