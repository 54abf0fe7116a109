import numpy as np


def rolling_features(user_id, ts, amount, window=7 * 86400):
    if len({len(user_id), len(ts), len(amount)}) != 1:
        raise ValueError("unequal columns")
    users = np.asarray(user_id)
    seconds = np.asarray(ts)
    amounts = np.asarray(amount, dtype=float)
    age = seconds[:, None] - seconds[None, :]
    seen = (users[:, None] == users[None, :]) & (age > 0) & (age <= window) & ~np.isnan(amounts)[None, :]
    count = seen.sum(axis=1)
    total = np.where(seen, amounts[None, :], 0.0).sum(axis=1)
    return count, np.where(count > 0, total / np.maximum(count, 1), np.nan)
