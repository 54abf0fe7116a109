import numpy as np


def roc_auc(y_true, y_score):
    y, s = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if y.size == 0 or y.shape != s.shape or np.isnan(s).any():
        raise ValueError("bad input")
    if set(np.unique(y).tolist()) != {0, 1}:
        raise ValueError("need labels 0 and 1, both of them")
    normal = np.sort(s[y == 0])
    fraud = s[y == 1]
    below = np.searchsorted(normal, fraud, side="left")
    up_to = np.searchsorted(normal, fraud, side="right")
    return float((below + up_to).sum() / 2 / (len(normal) * len(fraud)))
