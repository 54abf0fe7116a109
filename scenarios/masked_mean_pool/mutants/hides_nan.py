import numpy as np


def mean_pool(H, mask):
    H = np.asarray(H)
    mask = np.asarray(mask)
    if H.ndim != 3 or mask.shape != H.shape[:2]:
        raise ValueError(f"H must be (n, t, d) and mask (n, t), not {H.shape} and {mask.shape}")
    real = mask.astype(bool)
    total = np.where(real[:, :, None], np.nan_to_num(H), 0).sum(axis=1)
    count = np.maximum(real.sum(axis=1), 1)
    return (total / count[:, None]).astype(H.dtype)
