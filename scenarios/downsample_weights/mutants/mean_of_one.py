import numpy as np


def downsample(y, rate, seed):
    y = np.asarray(y)
    if not 0 < rate <= 1:
        raise ValueError("rate must be above 0 and at most 1")
    positive = y == 1
    if not (positive | (y == 0)).all():
        raise ValueError("labels must be 0 or 1")
    if not positive.any():
        raise ValueError("need at least one positive")
    rng = np.random.default_rng(seed)
    lucky = rng.random(len(y)) < rate
    idx = np.flatnonzero(positive | lucky)
    weight = np.where(positive[idx], 1.0, 1.0 / rate)
    return idx, weight / weight.mean()
