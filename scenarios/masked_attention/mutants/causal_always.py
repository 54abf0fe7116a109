import numpy as np


def attention(Q, K, V, mask=None):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    scores = Q @ K.transpose(0, 2, 1) / np.sqrt(Q.shape[-1])
    allowed = np.ones(scores.shape, dtype=bool)
    if mask is not None:
        allowed = np.broadcast_to(np.asarray(mask, dtype=bool), scores.shape)
    allowed = allowed & np.tri(*scores.shape[1:], dtype=bool)
    scores = np.where(allowed, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top[np.isneginf(top)] = 0.0
    exps = np.exp(scores - top)
    total = exps.sum(axis=-1, keepdims=True)
    total[total == 0] = 1.0
    weights = exps / total
    return weights @ V, weights
