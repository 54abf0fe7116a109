import numpy as np


def group_kfold(groups, k):
    _, first, code, sizes = np.unique(
        np.asarray(groups), return_index=True, return_inverse=True, return_counts=True
    )
    if k < 2 or k > len(sizes):
        raise ValueError("k must lie between 2 and the number of groups")
    load = np.zeros(k, dtype=int)
    fold = np.zeros(len(sizes), dtype=int)
    for group in np.lexsort((first, -sizes)):
        fold[group] = load.argmin()
        load[fold[group]] += sizes[group]
    return fold[code]
