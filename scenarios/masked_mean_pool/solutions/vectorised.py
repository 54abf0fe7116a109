import numpy as np


def mean_pool(H, mask):
    if H.ndim != 3 or mask.ndim != 2 or H.shape[:2] != mask.shape:
        raise ValueError(f"cannot pool {H.shape} with {mask.shape}")
    n, t, d = H.shape
    sentence, token = np.nonzero(mask)
    sums = np.zeros((n, d), dtype=np.float64)
    np.add.at(sums, sentence, H[sentence, token])
    counts = np.bincount(sentence, minlength=n)[:, np.newaxis]
    pooled = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    return pooled.astype(H.dtype)
