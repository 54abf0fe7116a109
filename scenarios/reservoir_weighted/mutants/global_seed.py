import numpy as np


def reservoir(stream, k, seed):
    if k < 0:
        raise ValueError("k must not be negative")
    np.random.seed(seed)
    sample = []
    for seen, event in enumerate(stream):
        if seen < k:
            sample.append(event)
            continue
        place = np.random.randint(seen + 1)
        if place < k:
            sample[place] = event
    return sample
