import numpy as np


def best_split(X, y):
    X, y = np.asarray(X), np.asarray(y)
    n = y.shape[0]
    if n < 2:
        return None
    onehot = (y[:, None] == np.unique(y)).astype(int)
    total = onehot.sum(0)
    sizes = np.arange(1, n)
    found = []
    for j in range(X.shape[1]):
        order = X[:, j].argsort()
        v = X[order, j]
        left = onehot[order].cumsum(0)[:-1]
        right = total - left
        # Weighted purity of the children; the parent's is the same for all cuts.
        purity = (left**2).sum(1) / sizes + (right**2).sum(1) / (n - sizes)
        gain = (purity - (total**2).sum() / n) / n
        gain[v[1:] == v[:-1]] = -1
        i = int(np.flatnonzero(gain >= gain.max() - 1e-10)[0])
        middle = (v[i] + v[i + 1]) / 2
        found.append((gain[i], j, middle if middle < v[i + 1] else v[i]))
    top = max(g for g, _, _ in found)
    if top <= 1e-10:
        return None
    g, j, cut = next(f for f in found if f[0] >= top - 1e-10)
    return j, float(cut), float(g)
