import numpy as np


def reservoir(stream, k, seed):
    if k < 0:
        raise ValueError("k must not be negative")
    rng = np.random.default_rng(seed)
    sample = []
    for seen, event in enumerate(stream):
        if seen < k:
            sample.append(event)
            continue
        place = rng.integers(seen + 1)
        if place < k:
            sample[place] = event
    return sample
