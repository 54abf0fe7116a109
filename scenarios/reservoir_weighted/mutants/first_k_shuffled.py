import numpy as np


def reservoir(stream, k, seed):
    if k < 0:
        raise ValueError("k must not be negative")
    rng = np.random.default_rng(seed)
    sample = []
    for event in stream:
        if len(sample) == k:
            break
        sample.append(event)
    return [sample[place] for place in rng.permutation(len(sample))]
