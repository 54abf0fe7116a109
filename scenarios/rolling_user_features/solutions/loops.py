import math


def rolling_features(user_id, ts, amount, window=7 * 86400):
    if not len(user_id) == len(ts) == len(amount):
        raise ValueError("columns of different length")
    counts, means = [], []
    for user, now in zip(user_id, ts):
        past = []
        for other, then, paid in zip(user_id, ts, amount):
            if other == user and now - window <= then < now and not math.isnan(paid):
                past.append(float(paid))
        counts.append(len(past))
        means.append(sum(past) / len(past) if past else math.nan)
    return counts, means
