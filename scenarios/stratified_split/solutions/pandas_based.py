import numpy as np
import pandas as pd


def stratified_split(y, test_frac, seed=0):
    labels = pd.Series(np.asarray(y))
    if labels.empty or not 0 < test_frac < 1:
        raise ValueError("no labels or an impossible fraction")
    rng = np.random.default_rng(seed)
    test = []
    for _, group in labels.groupby(labels):
        size = len(group)
        if size > 1:
            take = min(max(int(test_frac * size + 0.5), 1), size - 1)
            test.extend(group.sample(n=take, random_state=rng).index)
    return labels.index.difference(test).to_numpy(), np.sort(np.array(test, dtype=int))
