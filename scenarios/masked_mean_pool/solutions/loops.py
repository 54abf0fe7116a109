import numpy as np


def mean_pool(H, mask):
    if np.ndim(H) != 3 or np.shape(mask) != np.shape(H)[:2]:
        raise ValueError("mask does not fit H")
    n, t, d = np.shape(H)
    pooled = np.zeros((n, d), dtype=H.dtype)
    for i in range(n):
        tokens = 0
        sums = [0.0] * d
        for j in range(t):
            if mask[i][j]:
                tokens += 1
                for f in range(d):
                    sums[f] += float(H[i][j][f])
        if tokens:
            for f in range(d):
                pooled[i, f] = sums[f] / tokens
    return pooled
