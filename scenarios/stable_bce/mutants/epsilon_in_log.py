import numpy as np


def bce_with_logits(z, y, pos_weight=1.0):
    z = np.asarray(z, dtype=float)
    y = np.asarray(y, dtype=float)
    if z.shape != y.shape:
        raise ValueError(f"logits have shape {z.shape}, targets {y.shape}")
    if z.size == 0:
        return 0.0, np.zeros(z.shape)
    p = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    loss = -(pos_weight * y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).mean()
    grad = ((1 - y) * p - pos_weight * y * (1 - p)) / z.size
    return float(loss), grad
