from collections import Counter


def group_kfold(groups, k):
    ids = list(groups)
    sizes = Counter(ids)
    if not 2 <= k <= len(sizes):
        raise ValueError(f"cannot make {k} folds of {len(sizes)} groups")
    by_size = sorted(sizes, key=lambda group: -sizes[group])
    fold_of = {group: number % k for number, group in enumerate(by_size)}
    return [fold_of[group] for group in ids]
