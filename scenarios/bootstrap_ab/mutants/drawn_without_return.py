import numpy as np


def totals_per_user(user, variant, clicks, views):
    """For each variant a dict from user to [clicks, views]."""
    totals = {"A": {}, "B": {}}
    for person, label, clicked, viewed in zip(user, variant, clicks, views):
        if label not in totals:
            raise ValueError(f"unknown variant {label!r}")
        sums = totals[label].setdefault(person, [0, 0])
        sums[0] += clicked
        sums[1] += viewed
    if totals["A"].keys() & totals["B"].keys():
        raise ValueError("a user is in both variants")
    return totals


def resampled_rates(table, n, rng):
    users = len(table)
    drawn = rng.permuted(np.tile(np.arange(users), (n, 1)), axis=1)
    while (nothing := table[drawn, 1].sum(axis=1) == 0).any():
        drawn[nothing] = rng.integers(0, users, size=(nothing.sum(), users))
    return table[drawn, 0].sum(axis=1) / table[drawn, 1].sum(axis=1)


def bootstrap_diff(user, variant, clicks, views, n, seed):
    if n < 1 or not len(user) == len(variant) == len(clicks) == len(views):
        raise ValueError("n must be at least 1 and the four columns equally long")
    totals = totals_per_user(user, variant, clicks, views)
    rng = np.random.default_rng(seed)
    rates, resampled = {}, {}
    for label in ("A", "B"):
        table = np.array(list(totals[label].values()), dtype=float).reshape(-1, 2)
        if table[:, 1].sum() == 0:
            raise ValueError(f"variant {label} has no views")
        rates[label] = table[:, 0].sum() / table[:, 1].sum()
        resampled[label] = resampled_rates(table, n, rng)
    lo, hi = np.percentile(resampled["B"] - resampled["A"], [2.5, 97.5])
    return float(rates["B"] - rates["A"]), float(lo), float(hi)
