import numpy as np


def downsample(y, rate, seed):
    if not (rate > 0 and rate <= 1):
        raise ValueError("rate must lie in (0, 1]")
    labels = np.array(y, dtype=float)
    if labels.size == 0 or not np.isin(labels, (0.0, 1.0)).all() or labels.sum() == 0:
        raise ValueError("need labels 0 and 1, and a positive among them")
    rng = np.random.default_rng(seed)
    (negatives,) = np.nonzero(labels == 0)
    # As many as that many coins show heads, and then any of them: the same as a coin for each.
    heads = rng.binomial(negatives.size, rate)
    stay = np.ones(labels.size, dtype=bool)
    stay[rng.permutation(negatives)[heads:]] = False
    weight = labels + (1.0 - labels) / rate
    return np.arange(labels.size)[stay], weight[stay]
