import numpy as np
import pandas as pd


def rolling_features(user_id, ts, amount, window=7 * 86400):
    if not (len(user_id) == len(ts) == len(amount)):
        raise ValueError("column lengths differ")
    frame = pd.DataFrame(
        {
            "user": list(user_id),
            "second": np.asarray(ts, dtype="int64"),
            "amount": np.asarray(amount, dtype=float),
        }
    )
    count = np.zeros(len(frame), dtype=int)
    mean = np.full(len(frame), np.nan)
    for _, group in frame.groupby("user"):
        known = group.dropna(subset=["amount"]).sort_values("second")
        start = known["second"].searchsorted(group["second"] - window, side="left")
        stop = known["second"].searchsorted(group["second"], side="left")
        for row, a, b in zip(group.index, start, stop):
            count[row] = b - a
            if b > a:
                mean[row] = known["amount"].iloc[a:b].mean()
    return count, mean
