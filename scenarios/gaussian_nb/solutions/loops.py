import math


def mean_and_variance(values):
    mean = math.fsum(values) / len(values)
    return mean, math.fsum((v - mean) ** 2 for v in values) / len(values)


class GNB:
    def __init__(self, eps=1e-9):
        self.eps = eps
        self.classes = []

    def fit(self, X, y):
        rows, labels = [list(map(float, row)) for row in X], [int(label) for label in y]
        if not rows or len(rows) != len(labels):
            raise ValueError("one label per row, please")
        spreads = [mean_and_variance(c)[1] for c in zip(*rows) if min(c) != max(c)]
        self.flat = not spreads
        floor = self.eps * max(spreads, default=0.0)
        self.width = len(rows[0])
        self.classes = sorted(set(labels))
        self.params = {}
        for label in self.classes:
            mine = [row for row, other in zip(rows, labels) if other == label]
            stats = [mean_and_variance(column) for column in zip(*mine)]
            self.params[label] = (
                math.log(len(mine) / len(rows)),
                [(mean, variance + floor) for mean, variance in stats],
            )
        return self

    def _joint(self, row, label):
        total, stats = self.params[label]
        if self.flat:
            return total
        for value, (mean, variance) in zip(row, stats):
            total -= 0.5 * (math.log(2 * math.pi * variance) + (value - mean) ** 2 / variance)
        return total

    def predict_log_proba(self, X):
        if not self.classes:
            raise RuntimeError("not fitted")
        result = []
        for row in X:
            if len(row) != self.width:
                raise ValueError("another number of columns")
            joint = [self._joint([float(v) for v in row], label) for label in self.classes]
            top = max(joint)
            norm = top + math.log(sum(math.exp(value - top) for value in joint))
            result.append([value - norm for value in joint])
        return result

    def predict(self, X):
        return [self.classes[row.index(max(row))] for row in self.predict_log_proba(X)]
