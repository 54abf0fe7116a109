import numpy as np


def add_features(data, train_until):
    shop, day, sales = (np.asarray(data[name]) for name in ("shop", "day", "sales"))
    recent = np.full(len(sales), np.nan)
    for name in np.unique(shop):
        rows = np.flatnonzero(shop == name)
        for i in range(1, len(rows)):
            recent[rows[i]] = sales[rows[max(0, i - 3) : i]].mean()
        for i in range(len(rows) - 2, -1, -1):
            if np.isnan(recent[rows[i]]):
                recent[rows[i]] = recent[rows[i + 1]]
    level = recent / np.nanmax(recent)
    return dict(data, recent=recent, level=level)
