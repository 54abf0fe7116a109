import numpy as np


def moving_average(values, window):
    if window <= 0:
        raise ValueError("window")
    x = np.asarray(values, dtype=float)
    if x.size == 0:
        return x
    padded = np.concatenate([np.full(window - 1, np.nan), x])
    views = np.lib.stride_tricks.sliding_window_view(padded, window)
    known = ~np.isnan(views)
    count = known.sum(axis=1)
    total = np.where(known, views, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
