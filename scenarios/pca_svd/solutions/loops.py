import math


def covariance(rows, mean):
    d = len(mean)
    result = [[0.0] * d for _ in range(d)]
    for row in rows:
        moved = [value - m for value, m in zip(row, mean)]
        for i in range(d):
            for j in range(d):
                result[i][j] += moved[i] * moved[j] / len(rows)
    return result


def rotate(A, V, p, q):
    """One Jacobi rotation: makes A[p][q] zero and turns the columns of V along."""
    angle = 0.5 * math.atan2(2 * A[p][q], A[q][q] - A[p][p])
    c, s = math.cos(angle), math.sin(angle)
    for row in A:
        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
    A[p], A[q] = (
        [c * a - s * b for a, b in zip(A[p], A[q])],
        [s * a + c * b for a, b in zip(A[p], A[q])],
    )
    for row in V:
        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]


def eigen(A):
    """Pairs (value, vector) of a symmetric matrix, largest value first."""
    d = len(A)
    V = [[float(i == j) for j in range(d)] for i in range(d)]
    size = sum(abs(v) for row in A for v in row)
    for _ in range(40):
        if sum(abs(A[i][j]) for i in range(d) for j in range(i)) <= 1e-15 * size:
            break
        for p in range(d):
            for q in range(p + 1, d):
                if A[p][q] != 0.0:
                    rotate(A, V, p, q)
    pairs = [(A[i][i], [V[r][i] for r in range(d)]) for i in range(d)]
    return sorted(pairs, key=lambda pair: -pair[0])


class PCA:
    def __init__(self, k):
        self.k = k
        self.mean = None

    def fit(self, X):
        rows = [[float(v) for v in row] for row in X]
        n, d = len(rows), len(rows[0])
        if self.k < 1 or self.k > min(n, d):
            raise ValueError("k does not fit the table")
        columns = list(zip(*rows))
        self.mean = [c[0] if min(c) == max(c) else math.fsum(c) / n for c in columns]
        pairs = eigen(covariance(rows, self.mean))
        total = sum(value for value, _ in pairs)
        self.axes, self.explained_ratio = [], []
        for value, vector in pairs[: self.k]:
            flip = -1.0 if max(vector, key=abs) < 0 else 1.0
            self.axes.append([flip * v for v in vector])
            self.explained_ratio.append(value / total if total > 0 else 0.0)
        return self

    def transform(self, X):
        if self.mean is None:
            raise RuntimeError("fit comes first")
        scores = []
        for row in X:
            if len(row) != len(self.mean):
                raise ValueError("another number of columns")
            moved = [float(v) - m for v, m in zip(row, self.mean)]
            scores.append([sum(a * v for a, v in zip(axis, moved)) for axis in self.axes])
        return scores
