from collections import Counter


def group_kfold(groups, k):
    names = [int(name) for name in groups]
    sizes = Counter(names)
    if not 1 <= k <= len(sizes):
        raise ValueError(f"{k} folds for {len(sizes)} groups")
    load = [0] * k
    fold_of = {}
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        fold = load.index(min(load))
        fold_of[name] = fold
        load[fold] += sizes[name]
    return [fold_of[name] for name in names]
