import numpy as np


def reservoir(stream, k, seed):
    if k < 0:
        raise ValueError("k must not be negative")
    rng = np.random.default_rng(seed)
    place_of = {}
    for seen, event in enumerate(stream):
        if seen < k:
            place_of[event] = seen
            continue
        place = rng.integers(seen + 1)
        if place < k:
            place_of = {kept: at for kept, at in place_of.items() if at != place}
            place_of[event] = place
    return list(place_of)
