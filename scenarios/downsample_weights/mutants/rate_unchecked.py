import numpy as np


def downsample(y, rate, seed):
    y = np.asarray(y)
    positive = y == 1
    if not (positive | (y == 0)).all():
        raise ValueError("labels must be 0 or 1")
    if not positive.any():
        raise ValueError("need at least one positive")
    rng = np.random.default_rng(seed)
    lucky = rng.random(len(y)) < rate
    idx = np.flatnonzero(positive | lucky)
    with np.errstate(divide="ignore"):
        return idx, np.where(positive[idx], 1.0, np.divide(1.0, rate))
