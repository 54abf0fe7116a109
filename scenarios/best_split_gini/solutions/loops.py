from collections import Counter
from fractions import Fraction


def impurity(labels):
    n = len(labels)
    return 1 - sum(Fraction(count, n) ** 2 for count in Counter(labels).values())


def best_split(X, y):
    rows = [[float(value) for value in row] for row in X]
    labels = [int(label) for label in y]
    if len(labels) < 2:
        return None
    parent = impurity(labels)
    best = None
    for feature in range(len(rows[0])):
        column = [row[feature] for row in rows]
        steps = sorted(set(column))
        for low, high in zip(steps, steps[1:]):
            left = [label for value, label in zip(column, labels) if value <= low]
            right = [label for value, label in zip(column, labels) if value > low]
            after = (len(left) * impurity(left) + len(right) * impurity(right)) / len(labels)
            gain = parent - after
            if gain > 0 and (best is None or gain > best[2]):
                cut = (low + high) / 2
                best = feature, cut if cut < high else low, gain
    if best is None:
        return None
    return best[0], best[1], float(best[2])
