from bisect import bisect_left

import numpy as np


def known_rows_by_user(user_id, ts, amount):
    """For each user the rows with a known amount as (second, row), in time order."""
    rows = {}
    for row, user in enumerate(user_id):
        if not np.isnan(amount[row]):
            rows.setdefault(user, []).append((ts[row], row))
    for user in rows:
        rows[user].sort()
    return rows


def rolling_features(user_id, ts, amount, window=7 * 86400):
    n = len(ts)
    if len(user_id) != n or len(amount) != n:
        raise ValueError("the three columns differ in length")
    amount = np.asarray(amount, dtype=float)
    rows = known_rows_by_user(user_id, ts, amount)
    times = {user: [second for second, _ in known] for user, known in rows.items()}
    count = np.zeros(n, dtype=int)
    mean = np.full(n, np.nan)
    for i in range(n):
        user = user_id[i]
        known = rows.get(user, [])
        first = 0
        end = bisect_left(times.get(user, []), ts[i])
        if end > first:
            count[i] = end - first
            mean[i] = sum(amount[row] for _, row in known[first:end]) / count[i]
    return count, mean
