import random


def downsample(y, rate, seed):
    if rate <= 0 or rate > 1:
        raise ValueError("rate outside (0, 1]")
    coin = random.Random(seed)
    rows, weights, positives = [], [], 0
    for row, label in enumerate(y):
        if label == 1:
            positives += 1
            rows.append(row)
            weights.append(1.0)
        elif label == 0:
            if coin.random() < rate:
                rows.append(row)
                weights.append(1.0 / rate)
        else:
            raise ValueError(f"row {row} has the label {label!r}")
    if positives == 0:
        raise ValueError("no positives")
    return rows, weights
