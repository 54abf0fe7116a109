import numpy as np


def mean_pool(H, mask):
    H = np.asarray(H)
    mask = np.asarray(mask)
    mask = np.broadcast_to(mask, H.shape[:2])
    real = mask.astype(bool)
    total = np.where(real[:, :, None], H, 0).sum(axis=1)
    count = np.maximum(real.sum(axis=1), 1)
    return (total / count[:, None]).astype(H.dtype)
