from collections import Counter


def group_kfold(groups, k):
    ids = list(groups)
    sizes = Counter(ids)
    if not 2 <= k <= len(sizes):
        raise ValueError(f"cannot make {k} folds of {len(sizes)} groups")
    turn = list(range(k)) + list(range(k))[::-1]
    by_size = sorted(sizes, key=lambda group: -sizes[group])
    fold_of = {group: turn[number % len(turn)] for number, group in enumerate(by_size)}
    return [fold_of[group] for group in ids]
