import pandas as pd


def sessionise(user, ts, gap=1800):
    if len(user) != len(ts):
        raise ValueError("lengths differ")
    clicks = pd.DataFrame({"user": list(user), "ts": list(ts)})
    if clicks.empty:
        return []
    clicks = clicks.sort_values("ts", kind="stable")
    clicks["opens"] = clicks.groupby("user")["ts"].diff() > gap
    numbers = clicks.groupby("user")["opens"].cumsum()
    return numbers.sort_index().astype(int).tolist()
