from collections import Counter
from fractions import Fraction


def majority(labels):
    votes = Counter(labels)
    most = max(votes.values())
    return min(label for label, n in votes.items() if n == most)


def mess(labels):
    """Rows times Gini impurity, as an exact number."""
    return len(labels) - Fraction(sum(n * n for n in Counter(labels).values()), len(labels))


def cuts(column):
    values = sorted(set(column))
    for a, b in zip(values, values[1:]):
        middle = (a + b) / 2
        yield middle if a <= middle < b else a


def grow(rows, labels, depth_left, min_leaf):
    """A label, or (column, threshold, subtree, subtree)."""
    best, least = None, mess(labels)
    if depth_left > 0:
        for j in range(len(rows[0])):
            for t in cuts([row[j] for row in rows]):
                low = [lab for row, lab in zip(rows, labels) if row[j] <= t]
                high = [lab for row, lab in zip(rows, labels) if row[j] > t]
                if len(low) < min_leaf or len(high) < min_leaf:
                    continue
                left_over = mess(low) + mess(high)
                if left_over < least:
                    best, least = (j, t), left_over
    if best is None:
        return majority(labels)
    j, t = best
    low = [i for i, row in enumerate(rows) if row[j] <= t]
    high = [i for i, row in enumerate(rows) if row[j] > t]
    halves = [
        grow([rows[i] for i in part], [labels[i] for i in part], depth_left - 1, min_leaf)
        for part in (low, high)
    ]
    return (j, t, *halves)


class Tree:
    def __init__(self, max_depth, min_leaf=1):
        self.max_depth, self.min_leaf = max_depth, min_leaf

    def fit(self, X, y):
        rows = [[float(v) for v in row] for row in X]
        self.tree = grow(rows, [int(label) for label in y], self.max_depth, self.min_leaf)
        return self

    def predict(self, X):
        answers = []
        for row in X:
            at = self.tree
            while isinstance(at, tuple):
                column, threshold, low, high = at
                at = low if row[column] <= threshold else high
            answers.append(at)
        return answers
