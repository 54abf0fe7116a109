import math
import random


def stratified_split(y, test_frac, seed=0):
    labels = list(y)
    if not labels or test_frac <= 0 or test_frac >= 1:
        raise ValueError("bad arguments")
    rows_of = {}
    for row, label in enumerate(labels):
        rows_of.setdefault(label, []).append(row)
    generator = random.Random(seed)
    train, test = [], []
    for label in sorted(rows_of):
        rows = rows_of[label]
        generator.shuffle(rows)
        size = len(rows)
        take = math.floor(test_frac * size + 0.5)
        if size > 1:
            take = max(1, min(size - 1, take))
        else:
            take = 0
        test += rows[:take]
        train += rows[take:]
    return sorted(train), sorted(test)
