from collections import Counter


def group_kfold(groups, k):
    ids = [str(group).lower() for group in groups]
    sizes = Counter(ids)
    if not 2 <= k <= len(sizes):
        raise ValueError(f"cannot make {k} folds of {len(sizes)} groups")
    rows_in_fold = [0] * k
    fold_of = {}
    for group, size in sorted(sizes.items(), key=lambda item: -item[1]):
        fold = rows_in_fold.index(min(rows_in_fold))
        fold_of[group] = fold
        rows_in_fold[fold] += size
    return [fold_of[group] for group in ids]
