import numpy as np


def group_kfold(groups, k):
    names, first, code, sizes = np.unique(
        np.asarray(groups), return_index=True, return_inverse=True, return_counts=True
    )
    if k < 1 or k > len(names):
        raise ValueError("k does not fit the number of groups")
    load, fold_of = np.zeros(k, dtype=int), np.zeros(len(names), dtype=int)
    for group in np.lexsort((first, -sizes)):
        fold_of[group] = load.argmin()
        load[fold_of[group]] += sizes[group]
    return fold_of[code]
