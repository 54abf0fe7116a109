import numpy as np

SAME = 1e-9


def gini(counts):
    shares = counts / counts.sum()
    return 1.0 - (shares**2).sum()


def between(low, high):
    """The midpoint; of two neighbouring floats it may round up to `high`, which then is no cut."""
    middle = low + (high - low) / 2
    return float(middle) if middle < high else float(low)


def best_split(X, y):
    X = np.asarray(X, dtype=float)
    n = len(y)
    if n < 2:
        return None
    _, codes = np.unique(y, return_inverse=True)
    whole = np.bincount(codes)
    best, best_gain = None, 0.0
    for feature in range(X.shape[1]):
        values = np.sort(X[:, feature])
        left = np.zeros_like(whole)
        for i in range(n - 1):
            left[codes[i]] += 1
            if values[i] == values[i + 1]:
                continue
            size = i + 1
            children = (size * gini(left) + (n - size) * gini(whole - left)) / n
            gain = gini(whole) - children
            if gain > best_gain + SAME:
                best_gain = gain
                best = feature, between(values[i], values[i + 1]), float(gain)
    return best
