import numpy as np


def attention(Q, K, V, mask=None):
    Q, K, V = (np.array(a, dtype=np.float64) for a in (Q, K, V))
    d = Q.shape[2]
    scores = np.einsum("btd,bsd->bts", Q, K) * d**-0.5
    may = np.full_like(scores, True, dtype=bool)
    if mask is not None:
        may &= np.asarray(mask) != 0
    if scores.size == 0:
        return np.zeros((*Q.shape[:2], V.shape[2])), scores
    largest = np.max(scores, axis=2, keepdims=True, where=may, initial=np.finfo(float).min)
    exps = np.zeros_like(scores)
    np.exp(scores - largest, out=exps, where=may)
    norm = exps.sum(axis=2, keepdims=True)
    weights = np.divide(exps, norm, out=np.zeros_like(exps), where=norm > 0)
    return np.einsum("bts,bsv->btv", weights, V), weights
