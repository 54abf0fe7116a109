import numpy as np


def add_features(data, train_until):
    """Returns a dict with the columns of `data` and two more, recent and level."""
    shop, day, sales = (np.asarray(data[name]) for name in ("shop", "day", "sales"))
    recent = np.full(len(sales), np.nan)
    for name in np.unique(shop):
        rows = np.flatnonzero(shop == name)
        for i in range(2, len(rows)):
            recent[rows[i]] = sales[rows[i - 2 : i + 1]].mean()
        for i in range(len(rows) - 2, -1, -1):
            if np.isnan(recent[rows[i]]):
                recent[rows[i]] = recent[rows[i + 1]]
    level = recent / np.nanmax(recent)
    return dict(data, recent=recent, level=level)
