import numpy as np


def stratified_split(y, test_frac, seed=0):
    y = np.asarray(y)
    if len(y) == 0 or not 0 < test_frac < 1:
        raise ValueError("need at least one label and a fraction between 0 and 1")
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(y))
    cut = int(np.floor(test_frac * len(y) + 0.5))
    return np.sort(order[cut:]), np.sort(order[:cut])
