import numpy as np


def softmax_ce(logits, labels, class_weight=None, ignore_index=-1):
    z = np.array(logits, dtype=np.float64)
    y = np.array(labels)
    n, c = z.shape
    real = y != ignore_index
    if np.any(real & ~np.isin(y, np.arange(c))):
        raise ValueError("unknown class")
    w_class = np.full(c, 1.0) if class_weight is None else np.array(class_weight, dtype=np.float64)
    one_hot = np.zeros((n, c))
    one_hot[real, y[real]] = 1.0
    w = one_hot @ w_class
    if w.sum() == 0:
        return 0.0, np.zeros((n, c))
    log_norm = np.logaddexp.reduce(z, axis=1, keepdims=True)
    loss = (w * (log_norm[:, 0] - (one_hot * z).sum(axis=1))).sum() / w.sum()
    grad = (np.exp(z - log_norm) - one_hot) * w[:, None] / w.sum()
    return float(loss), grad
