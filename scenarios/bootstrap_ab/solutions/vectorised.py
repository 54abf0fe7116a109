import numpy as np


def bootstrap_diff(user, variant, clicks, views, n, seed):
    """Draws how often each user appears instead of drawing users one by one."""
    columns = [np.asarray(c) for c in (user, variant, clicks, views)]
    if len({len(c) for c in columns}) > 1 or n < 1:
        raise ValueError("unequal columns or no resamples")
    user, variant, clicks, views = columns
    if not set(variant.tolist()) == {"A", "B"}:
        raise ValueError("need the variants A and B")
    _, code = np.unique(user, return_inverse=True)
    is_new = np.bincount(code, weights=variant == "B")
    visits = np.bincount(code)
    if ((is_new > 0) & (is_new < visits)).any():
        raise ValueError("a user is on both sides")
    clicked = np.bincount(code, weights=clicks)
    viewed = np.bincount(code, weights=views)
    rng = np.random.default_rng(seed)
    point, draws = [], []
    for side in (is_new == 0, is_new > 0):
        c, v = clicked[side], viewed[side]
        if not v.any():
            raise ValueError("no views on one side")
        point.append(c.sum() / v.sum())
        kept = np.empty(0)
        while len(kept) < n:
            weight = rng.multinomial(len(c), np.full(len(c), 1 / len(c)), size=n)
            total = weight @ v
            kept = np.append(kept, (weight @ c)[total > 0] / total[total > 0])
        draws.append(kept[:n])
    low, high = np.quantile(draws[1] - draws[0], (0.025, 0.975))
    return point[1] - point[0], low, high
