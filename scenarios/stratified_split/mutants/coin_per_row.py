import numpy as np


def stratified_split(y, test_frac, seed=0):
    y = np.asarray(y)
    if len(y) == 0 or not 0 < test_frac < 1:
        raise ValueError("need at least one label and a fraction between 0 and 1")
    rng = np.random.default_rng(seed)
    in_test = rng.random(len(y)) < test_frac
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)
