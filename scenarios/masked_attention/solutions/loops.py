import math

import numpy as np


def attention(Q, K, V, mask=None):
    b, t, d = np.shape(Q)
    s = np.shape(K)[1]
    v = np.shape(V)[2]
    out = np.zeros((b, t, v))
    weights = np.zeros((b, t, s))
    for i in range(b):
        seen = mask if mask is None or np.ndim(mask) == 2 else mask[i]
        for j in range(t):
            scores = {}
            for k in range(s):
                if seen is None or seen[j][k]:
                    scores[k] = sum(float(Q[i][j][f]) * float(K[i][k][f]) for f in range(d)) / math.sqrt(d)
            if not scores:
                continue
            largest = max(scores.values())
            exps = {k: math.exp(score - largest) for k, score in scores.items()}
            norm = sum(exps.values())
            for k, value in exps.items():
                weights[i, j, k] = value / norm
                for f in range(v):
                    out[i, j, f] += weights[i, j, k] * float(V[i][k][f])
    return out, weights
