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
    table = np.array([[label == "B", c, v] for label, c, v in people.values()], dtype=float).reshape(-1, 3)

    def diff(rows):
        new = rows[:, 0] == 1
        clicked = rows[new, 1].sum(), rows[~new, 1].sum()
        viewed = rows[new, 2].sum(), rows[~new, 2].sum()
        return clicked[0] / viewed[0] - clicked[1] / viewed[1] if min(viewed) > 0 else None

    middle = diff(table)
    if middle is None:
        raise ValueError("a variant has no views")
    rng = np.random.default_rng(seed)
    diffs = []
    while len(diffs) < n:
        drawn = diff(table[rng.integers(0, len(table), len(table))])
        if drawn is not None:
            diffs.append(drawn)
    lo, hi = np.percentile(diffs, [2.5, 97.5])
    return float(middle), float(lo), float(hi)
