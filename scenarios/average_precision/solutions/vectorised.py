import numpy as np


def average_precision(y, score):
    y = np.asarray(y)
    score = np.asarray(score, dtype=float)
    if y.shape != score.shape or y.ndim != 1:
        raise ValueError("shapes")
    if not np.all((y == 0) | (y == 1)) or np.isnan(score).any() or not (y == 1).any():
        raise ValueError("labels, scores or no positive")
    values, group = np.unique(score, return_inverse=True)
    size = np.bincount(group, minlength=len(values))[::-1]
    good = np.bincount(group, weights=y, minlength=len(values))[::-1]
    precision = np.cumsum(good) / np.cumsum(size)
    return float(np.sum(good / good.sum() * precision))
