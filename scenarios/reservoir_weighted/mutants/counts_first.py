import numpy as np


def reservoir(stream, k, seed):
    if k < 0:
        raise ValueError("k must not be negative")
    rng = np.random.default_rng(seed)
    size = sum(1 for _ in stream)
    places = set(rng.permutation(size)[:k].tolist())
    return [event for place, event in enumerate(stream) if place in places]
