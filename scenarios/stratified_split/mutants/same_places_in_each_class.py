import numpy as np


def rows_for_test(size, test_frac):
    """How many rows of a class of this size go to test."""
    if size == 1:
        return 0
    wanted = int(np.floor(test_frac * size + 0.5))
    return min(max(wanted, 1), size - 1)


def stratified_split(y, test_frac, seed=0):
    y = np.asarray(y)
    if len(y) == 0 or not 0 < test_frac < 1:
        raise ValueError("need at least one label and a fraction between 0 and 1")
    in_test = np.zeros(len(y), dtype=bool)
    for label in np.unique(y):
        rng = np.random.default_rng(seed)
        rows = np.flatnonzero(y == label)
        chosen = rng.permutation(rows)[: rows_for_test(len(rows), test_frac)]
        in_test[chosen] = True
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)
