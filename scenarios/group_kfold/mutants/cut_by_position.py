from collections import Counter


def group_kfold(groups, k):
    ids = list(groups)
    sizes = Counter(ids)
    if not 2 <= k <= len(sizes):
        raise ValueError(f"cannot make {k} folds of {len(sizes)} groups")
    fold_of, seen = {}, 0
    for group, size in sorted(sizes.items(), key=lambda item: -item[1]):
        fold_of[group] = seen * k // len(ids)
        seen += size
    return [fold_of[group] for group in ids]
