import numpy as np


def target_encode(cat, y, folds, m=10):
    if len({len(cat), len(y), len(folds)}) > 1:
        raise ValueError("cat, y and folds must be equally long")
    names, code = np.unique(np.asarray(cat), return_inverse=True)
    _, fold = np.unique(np.asarray(folds), return_inverse=True)
    y = np.asarray(y, dtype=float)
    shape = (fold.max() + 1, len(names))
    sums, counts = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, (fold, code), y)
    np.add.at(counts, (fold, code), 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        sums_out, counts_out = sums.sum(axis=0) - sums, counts.sum(axis=0) - counts
        prior = (sums_out.sum(axis=1) / counts_out.sum(axis=1))[:, None]
        table = np.where(counts_out > 0, (sums_out + m * prior) / (counts_out + m), prior)
    overall = y.mean()
    totals = (sums.sum(axis=0) + m * overall) / (counts.sum(axis=0) + m)
    mapping = {str(name): float(value) for name, value in zip(names, totals)}
    mapping[None] = float(overall)
    return table[fold, code], mapping
