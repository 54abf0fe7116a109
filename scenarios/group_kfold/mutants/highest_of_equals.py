from collections import Counter


def group_kfold(groups, k):
    ids = list(groups)
    sizes = Counter(ids)
    if not 2 <= k <= len(sizes):
        raise ValueError(f"cannot make {k} folds of {len(sizes)} groups")
    rows_in_fold = [0] * k
    fold_of = {}
    for group, size in sorted(sizes.items(), key=lambda item: -item[1]):
        fold = min(range(k), key=lambda f: (rows_in_fold[f], -f))
        fold_of[group] = fold
        rows_in_fold[fold] += size
    return [fold_of[group] for group in ids]
