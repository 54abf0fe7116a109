import numpy as np


def add_features(data, train_until):
    _, shop = np.unique(np.asarray(data["shop"]), return_inverse=True)
    day = np.asarray(data["day"], dtype=int)
    sales = np.asarray(data["sales"], dtype=float)
    same_shop = shop[:, None] == shop[None, :]
    age = day[:, None] - day[None, :]
    counts = same_shop & (age >= 1) & (age <= 3)
    how_many = counts.sum(axis=1)
    recent = np.where(how_many > 0, counts @ sales / np.maximum(how_many, 1), np.nan)
    top = np.max(recent, initial=0.0, where=(day < train_until) & (how_many > 0))
    level = np.full(len(day), np.nan) if top == 0 else recent / top
    result = {name: column for name, column in data.items()}
    result.update(recent=recent, level=level)
    return result
