import numpy as np
import pandas as pd


def bootstrap_diff(user, variant, clicks, views, n, seed):
    if n < 1 or len({len(user), len(variant), len(clicks), len(views)}) != 1:
        raise ValueError("bad arguments")
    visits = pd.DataFrame({"u": list(user), "v": list(variant), "c": list(clicks), "s": list(views)})
    if set(visits["v"]) != {"A", "B"}:
        raise ValueError("the variants are A and B, and both must occur")
    people = visits.groupby(["u", "v"])[["c", "s"]].sum().reset_index()
    if people["u"].duplicated().any():
        raise ValueError("a user has both variants")
    rng = np.random.default_rng(seed)
    sides = [people.loc[people["v"] == label, ["c", "s"]].to_numpy(float) for label in ("A", "B")]
    if any(side[:, 1].sum() == 0 for side in sides):
        raise ValueError("no views")

    def resample(side):
        rates = np.empty(0)
        while len(rates) < n:
            times_drawn = rng.multinomial(len(side), np.full(len(side), 1 / len(side)), size=n - len(rates))
            clicked, viewed = (times_drawn @ side).T
            rates = np.append(rates, clicked[viewed > 0] / viewed[viewed > 0])
        return rates

    diffs = resample(sides[1]) - resample(sides[0])
    old, new = (side[:, 0].sum() / side[:, 1].sum() for side in sides)
    return new - old, np.percentile(diffs, 2.5), np.percentile(diffs, 97.5)
