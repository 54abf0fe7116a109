import numpy as np


def learn(cat, y, rows, m):
    """The smoothed mean of y per category over these rows, and their prior."""
    prior = float(np.mean(y[rows])) if len(rows) else np.nan
    sums, counts = {}, {}
    for row in rows:
        sums[cat[row]] = sums.get(cat[row], 0.0) + y[row]
        counts[cat[row]] = counts.get(cat[row], 0) + 1
    codes = {name: float((sums[name] + m * prior) / (counts[name] + m)) for name in sums}
    return codes, prior


def target_encode(cat, y, folds, m=10):
    if not len(cat) == len(y) == len(folds):
        raise ValueError("the three columns differ in length")
    first = min(folds)
    for row in range(len(folds)):
        folds[row] = first + 1 + folds[row]
    cat, y, folds = [str(name) for name in cat], np.asarray(y, dtype=float), np.asarray(folds)
    return encoded(cat, y, folds, m)


def encoded(cat, y, folds, m):
    train_enc = np.full(len(y), np.nan)
    for fold in np.unique(folds):
        others = np.flatnonzero(folds != fold)
        codes, prior = learn(cat, y, others, m)
        for row in np.flatnonzero(folds == fold):
            train_enc[row] = codes.get(cat[row], prior)
    mapping, prior = learn(cat, y, np.arange(len(y)), m)
    mapping[None] = prior
    return train_enc, mapping
