import numpy as np


class Sentence:
    def __init__(self, vectors, flags):
        self.tokens = vectors[flags == 1]

    def pooled(self):
        if len(self.tokens) == 0:
            return np.zeros(self.tokens.shape[1])
        return self.tokens.mean(axis=0)


def mean_pool(H, mask):
    H, mask = np.asarray(H), np.asarray(mask)
    if H.ndim != 3 or mask.ndim != 2 or len(H) != len(mask) or H.shape[1] != mask.shape[1]:
        raise ValueError("H has to be (n, t, d), mask has to be (n, t)")
    pooled = np.empty((H.shape[0], H.shape[2]), dtype=H.dtype)
    for i, sentence in enumerate(Sentence(v, f) for v, f in zip(H, mask)):
        pooled[i] = sentence.pooled()
    return pooled
