import numpy as np


def reservoir(stream, k, seed):
    if k < 0:
        raise ValueError("k must not be negative")
    rng = np.random.default_rng(seed)
    events = list(stream)
    places = rng.permutation(len(events))[:k]
    return [events[place] for place in places]
