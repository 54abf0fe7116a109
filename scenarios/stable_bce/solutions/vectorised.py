import numpy as np


def bce_with_logits(z, y, pos_weight=1.0):
    z, y = np.array(z, dtype=np.float64), np.array(y, dtype=np.float64)
    if z.shape != y.shape:
        raise ValueError("z and y must have one shape")
    n = z.size
    if not n:
        return 0.0, np.zeros_like(z)
    cost = pos_weight * y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)
    sigmoid_of_minus_z = np.exp(-np.logaddexp(0, z))
    sigmoid_of_z = np.exp(-np.logaddexp(0, -z))
    grad = (1 - y) * sigmoid_of_z - pos_weight * y * sigmoid_of_minus_z
    return float(cost.sum() / n), grad / n
