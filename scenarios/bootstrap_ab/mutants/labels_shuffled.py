import numpy as np


def bootstrap_diff(user, variant, clicks, views, n, seed):
    if n < 1 or not len(user) == len(variant) == len(clicks) == len(views):
        raise ValueError("n must be at least 1 and the four columns equally long")
    people = {}
    for person, label, clicked, viewed in zip(user, variant, clicks, views):
        if label not in ("A", "B"):
            raise ValueError("unknown variant")
        entry = people.setdefault(person, [label, 0, 0])
        if entry[0] != label:
            raise ValueError("a user is in both variants")
        entry[1] += clicked
        entry[2] += viewed
    new = np.array([label == "B" for label, _, _ in people.values()], dtype=bool)
    sums = np.array([[c, v] for _, c, v in people.values()], dtype=float).reshape(-1, 2)
    if sums[new, 1].sum() == 0 or sums[~new, 1].sum() == 0:
        raise ValueError("a variant has no views")

    def diff(sides):
        (a, b), (c, d) = (sides @ sums).T, (~sides @ sums).T
        return a / np.maximum(b, 1) - c / np.maximum(d, 1)

    rng = np.random.default_rng(seed)
    middle = diff(new)
    diffs = middle + diff(np.array([rng.permutation(new) for _ in range(n)]))
    lo, hi = np.percentile(diffs, [2.5, 97.5])
    return float(middle), float(lo), float(hi)
