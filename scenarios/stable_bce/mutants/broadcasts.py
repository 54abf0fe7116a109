import numpy as np


def bce_with_logits(z, y, pos_weight=1.0):
    z = np.asarray(z, dtype=float)
    y = np.asarray(y, dtype=float)
    if z.size == 0:
        return 0.0, np.zeros(z.shape)
    small = np.exp(-np.abs(z))
    cost_of_no = np.maximum(z, 0) + np.log1p(small)
    cost_of_yes = np.maximum(-z, 0) + np.log1p(small)
    p_yes = np.where(z >= 0, 1.0, small) / (1 + small)
    p_no = np.where(z >= 0, small, 1.0) / (1 + small)
    loss = (pos_weight * y * cost_of_yes + (1 - y) * cost_of_no).mean()
    grad = ((1 - y) * p_yes - pos_weight * y * p_no) / z.size
    return float(loss), grad
