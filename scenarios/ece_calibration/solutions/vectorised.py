import numpy as np


def ece(y, p, bins=10):
    y, p = np.asarray(y), np.asarray(p, dtype=float)
    if bins < 1 or y.shape != p.shape or y.size == 0:
        raise ValueError("shapes or bins")
    if not ((y == 0) | (y == 1)).all() or not (np.abs(p - 0.5) <= 0.5).all():
        raise ValueError("values")
    at = (p[:, None] >= np.arange(1, bins) / bins).sum(axis=1)
    gaps = np.bincount(at, weights=p - y, minlength=bins)
    return float(np.abs(gaps).sum() / y.size)
