import math


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def rotate_apart(columns, basis):
    """Turn pairs of columns until all are orthogonal; the turns add up in `basis`."""
    for _ in range(60):
        largest = 0.0
        for i in range(len(columns)):
            for j in range(i + 1, len(columns)):
                a, b = columns[i], columns[j]
                p, q, r = dot(a, a), dot(b, b), dot(a, b)
                if p * q == 0 or abs(r) <= 1e-15 * math.sqrt(p * q):
                    continue
                largest = max(largest, abs(r) / math.sqrt(p * q))
                t = (q - p) / (2 * r)
                t = math.copysign(1.0, t) / (abs(t) + math.hypot(1.0, t))
                c = 1 / math.hypot(1.0, t)
                for pair in (columns, basis):
                    u, v = pair[i], pair[j]
                    pair[i] = [c * x - c * t * y for x, y in zip(u, v)]
                    pair[j] = [c * t * x + c * y for x, y in zip(u, v)]
        if largest < 1e-13:
            return


class PCA:
    def __init__(self, k):
        self.k = k
        self.chosen = None

    def fit(self, X):
        rows = [[float(v) for v in row] for row in X]
        n, d = len(rows), len(rows[0])
        if not 0 < self.k <= min(n, d):
            raise ValueError("k does not fit the table")
        self.middle = [sum(column) / n for column in zip(*rows)]
        columns = [[row[j] - self.middle[j] for row in rows] for j in range(d)]
        basis = [[1.0 if i == j else 0.0 for i in range(d)] for j in range(d)]
        rotate_apart(columns, basis)
        order = sorted(range(d), key=lambda j: -dot(columns[j], columns[j]))
        total = sum(dot(column, column) for column in columns)
        self.chosen, self.explained_ratio = [], []
        for j in order[: self.k]:
            direction = basis[j]
            if max(direction, key=abs) < 0:
                direction = [-v for v in direction]
            self.chosen.append(direction)
            self.explained_ratio.append(dot(columns[j], columns[j]) / total if total else 0.0)

    def transform(self, X):
        if self.chosen is None:
            raise RuntimeError("fit comes first")
        shifted = [[float(v) - m for v, m in zip(row, self.middle)] for row in X]
        return [[dot(row, direction) for direction in self.chosen] for row in shifted]
