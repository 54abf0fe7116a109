import numpy as np


def rolling_features(user_id, ts, amount, window=7 * 86400):
    n = len(ts)
    if len(user_id) != n or len(amount) != n:
        raise ValueError("the three columns differ in length")
    amount = np.asarray(amount, dtype=float)
    count = np.zeros(n, dtype=int)
    mean = np.full(n, np.nan)
    order = sorted(range(n), key=lambda row: ts[row])
    seen = {}
    for row in order:
        earlier = seen.setdefault(user_id[row], [])
        recent = [paid for then, paid in earlier if then >= ts[row] - window]
        if recent:
            count[row] = len(recent)
            mean[row] = sum(recent) / len(recent)
        if not np.isnan(amount[row]):
            earlier.append((ts[row], amount[row]))
    return count, mean
