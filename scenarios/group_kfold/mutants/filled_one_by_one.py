from collections import Counter


def group_kfold(groups, k):
    ids = list(groups)
    sizes = Counter(ids)
    if not 2 <= k <= len(sizes):
        raise ValueError(f"cannot make {k} folds of {len(sizes)} groups")
    fold_of, fold, filled = {}, 0, 0
    for group, size in sorted(sizes.items(), key=lambda item: -item[1]):
        fold_of[group] = fold
        filled += size
        if filled >= len(ids) / k and fold < k - 1:
            fold, filled = fold + 1, 0
    return [fold_of[group] for group in ids]
