import numpy as np


def bce_with_logits(z, y, pos_weight=1.0):
    z = np.asarray(z, dtype=float)
    y = np.asarray(y, dtype=float)
    if z.shape != y.shape:
        raise ValueError(f"logits have shape {z.shape}, targets {y.shape}")
    if z.size == 0:
        return 0.0, np.zeros(z.shape)
    small = np.exp(-np.abs(z))
    cost_of_no = np.maximum(z, 0) + np.log1p(small)
    cost_of_yes = np.maximum(-z, 0) + np.log1p(small)
    p_yes = np.where(z >= 0, 1.0, small) / (1 + small)
    p_no = np.where(z >= 0, small, 1.0) / (1 + small)
    loss = (np.where(y == 1, pos_weight, 1.0) * (y * cost_of_yes + (1 - y) * cost_of_no)).mean()
    grad = np.where(y == 1, pos_weight, 1.0) * (p_yes - y) / z.size
    return float(loss), grad
