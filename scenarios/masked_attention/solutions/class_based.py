import numpy as np


class Query:
    """One query vector with the keys it may look at."""

    def __init__(self, vector, keys, allowed):
        self.allowed = np.flatnonzero(allowed)
        self.size = len(keys)
        self.scores = keys[self.allowed] @ vector / len(vector) ** 0.5

    def weights(self):
        spread = np.zeros(self.size)
        if len(self.allowed):
            exps = np.exp(self.scores - self.scores.max())
            spread[self.allowed] = exps / exps.sum()
        return spread


def attention(Q, K, V, mask=None):
    b, t, _ = Q.shape
    if mask is None:
        mask = np.ones((b, t, K.shape[1]))
    elif np.ndim(mask) == 2:
        mask = [mask] * b
    weights = np.array(
        [
            [Query(q.astype(float), keys.astype(float), row).weights() for q, row in zip(queries, rows)]
            for queries, keys, rows in zip(Q, K, mask)
        ]
    )
    out = np.array([w @ values.astype(float) for w, values in zip(weights, V)])
    return out, weights
