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

    def per_side(rows, column):
        new = rows[..., 0] == 1
        return (rows[..., column] * new).sum(axis=-1), (rows[..., column] * ~new).sum(axis=-1)

    def diff(rows):
        (new_clicks, old_clicks), (new_views, old_views) = per_side(rows, 1), per_side(rows, 2)
        return new_clicks / new_views - old_clicks / old_views

    if min(per_side(table, 2)) == 0:
        raise ValueError("a variant has no views")
    rng = np.random.default_rng(seed)
    users = len(table)
    drawn = rng.integers(0, users, size=(n, users))
    while (nothing := np.minimum(*per_side(table[drawn], 2)) == 0).any():
        drawn[nothing] = rng.integers(0, users, size=(nothing.sum(), users))
    lo, hi = np.percentile(diff(table[drawn]), [2.5, 97.5])
    return float(diff(table)), float(lo), float(hi)
