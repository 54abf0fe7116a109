from collections import Counter


def group_kfold(groups, k):
    ids = list(groups)
    sizes = Counter(ids)
    if not 2 <= k <= len(sizes):
        raise ValueError(f"cannot make {k} folds of {len(sizes)} groups")
    return [row % k for row in range(len(ids))]
