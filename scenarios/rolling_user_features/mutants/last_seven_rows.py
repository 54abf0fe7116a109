import pandas as pd


def rolling_features(user_id, ts, amount, window=7 * 86400):
    if not len(user_id) == len(ts) == len(amount):
        raise ValueError("the three columns differ in length")
    frame = pd.DataFrame({"user": list(user_id), "ts": list(ts), "amount": list(amount)}, dtype=object)
    frame["amount"] = frame["amount"].astype(float)
    frame = frame.sort_values("ts")
    before = frame.groupby("user")["amount"].shift()
    rolled = before.groupby(frame["user"]).rolling(7, min_periods=1)
    count = rolled.count().droplevel(0).reindex(range(len(frame)))
    mean = rolled.mean().droplevel(0).reindex(range(len(frame)))
    return count.to_numpy(), mean.to_numpy()
