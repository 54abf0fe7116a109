import numpy as np


def train(X, y, lr=0.1, n=100):
    X = np.array(X, dtype=float)
    rows, columns = X.shape
    if rows == 0:
        raise ValueError("X has no rows")
    target = np.array(y, dtype=float).ravel()
    assert target.shape == (rows,)
    design = np.column_stack([X, np.ones(rows)])
    theta = np.zeros(columns + 1)
    residual = -target
    losses = np.empty(n)
    for step in range(n):
        theta -= (2 * lr / rows) * (residual @ design)
        residual = design @ theta - target
        losses[step] = residual @ residual / rows
    return theta[:columns], theta[columns], losses.tolist()
