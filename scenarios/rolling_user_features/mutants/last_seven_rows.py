import numpy as np


def rolling_features(user_id, ts, amount, window=7 * 86400):
    if not len(user_id) == len(ts) == len(amount):
        raise ValueError("the three columns differ in length")
    n = len(ts)
    count = np.zeros(n, dtype=int)
    mean = np.full(n, np.nan)
    earlier = {}
    for row in sorted(range(n), key=lambda i: ts[i]):
        rows = earlier.setdefault(user_id[row], [])
        known = [float(amount[i]) for i in rows[-7:] if not np.isnan(amount[i])]
        count[row] = len(known)
        if known:
            mean[row] = sum(known) / len(known)
        rows.append(row)
    return count, mean
