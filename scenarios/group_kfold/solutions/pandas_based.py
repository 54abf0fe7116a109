import pandas as pd


def group_kfold(groups, k):
    ids = pd.Series(list(groups))
    sizes = ids.groupby(ids, sort=False).size().sort_values(ascending=False, kind="stable")
    if k < 2 or k > len(sizes):
        raise ValueError("no such folds")
    load = pd.Series(0, index=range(k))
    fold = {}
    for group, size in sizes.items():
        fold[group] = load.idxmin()
        load[fold[group]] += size
    return ids.map(fold).to_numpy()
