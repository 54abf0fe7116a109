import numpy as np


def add_features(data, train_until):
    sold = {}
    for shop, day, amount in zip(data["shop"], data["day"], data["sales"]):
        sold[shop, day] = amount
    recent = np.full(len(data["day"]), np.nan)
    for row, (shop, day) in enumerate(zip(data["shop"], data["day"])):
        known = [amount for (other, d), amount in sold.items() if other == shop and d < day]
        if known:
            recent[row] = np.mean(known)
    training = np.asarray(data["day"]) < train_until
    seen = recent[training & ~np.isnan(recent)]
    top = seen.max() if len(seen) else 0.0
    level = recent / top if top > 0 else np.full(len(recent), np.nan)
    return dict(data, recent=recent, level=level)
