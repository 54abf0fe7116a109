import numpy as np


def average_precision(y, score):
    labels = np.asarray(y)
    scores = np.asarray(score, dtype=float)
    if labels.ndim != 1 or labels.shape != scores.shape:
        raise ValueError("labels and scores must be two lists of equal length")
    if np.isnan(scores).any():
        raise ValueError("a score is NaN or a label is not 0 or 1")
    labels = (labels == 1).astype(int)
    positives = int((labels == 1).sum())
    if positives == 0:
        raise ValueError("average precision needs a positive row")
    order = np.argsort(-scores, kind="stable")
    labels, scores = labels[order], scores[order]
    hits = taken = start = 0
    total = 0.0
    while start < len(scores):
        end = start + 1
        while end < len(scores) and scores[end] == scores[start]:
            end += 1
        new = int(labels[start:end].sum())
        hits += new
        taken += end - start
        total += new / positives * hits / taken
        start = end
    return total
