import numpy as np


def roc_auc(y_true, y_score):
    labels = np.asarray(y_true)
    scores = np.asarray(y_score, dtype=float)
    if labels.ndim != 1 or scores.ndim != 1 or len(labels) != len(scores):
        raise ValueError("labels and scores must be two lists of equal length")
    if len(labels) == 0:
        raise ValueError("there are no rows")
    if np.isnan(scores).any() or not np.isin(labels, (0, 1)).all():
        raise ValueError("a score is NaN or a label is not 0 or 1")
    positive = labels == 1
    n_pos = int(positive.sum())
    n_neg = len(labels) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("AUC needs both classes")
    fraud, normal = scores[positive][:, None], scores[~positive][None, :]
    wins = int((fraud > normal).sum())
    losses = int((fraud < normal).sum())
    return wins / max(wins + losses, 1)
