import numpy as np


def ece(y, p, bins=10):
    labels = np.asarray(y)
    chances = np.asarray(p, dtype=float)
    if bins < 1:
        raise ValueError("at least one bin is needed")
    if labels.ndim != 1 or labels.shape != chances.shape or len(labels) == 0:
        raise ValueError("need two lists of the same length with at least one row")
    if not np.isin(labels, (0, 1)).all() or not ((chances >= 0) & (chances <= 1)).all():
        raise ValueError("labels are 0 or 1, probabilities lie between 0 and 1")
    inner_edges = np.arange(1, bins) / bins
    place = np.searchsorted(inner_edges, chances, side="right")
    total = 0.0
    for bin_number in np.unique(place):
        inside = place == bin_number
        gap = abs(chances[inside].mean() - labels[inside].mean())
        total = max(total, gap)
    return float(total)
