import math


def probability(z):
    if z < 0:
        grown = math.exp(z)
        return grown / (1 + grown)
    return 1 / (1 + math.exp(-z))


class LogReg:
    def __init__(self, lr=0.1, n_iter=1000, l2=0.0):
        self.settings = (lr, n_iter, l2)
        self.theta = None

    def fit(self, X, y):
        rows = [[float(value) for value in row] for row in X]
        labels = [label[0] if hasattr(label, "__len__") else label for label in y]
        if sorted(set(labels)) != [0, 1]:
            raise ValueError("labels must be 0 and 1")
        lr, rounds, l2 = self.settings
        n, d = len(rows), len(rows[0])
        w, b = [0.0] * d, 0.0
        for _ in range(rounds):
            slopes, slope = [0.0] * d, 0.0
            for row, label in zip(rows, labels):
                miss = probability(b + sum(u * v for u, v in zip(w, row))) - label
                slope += miss
                for j in range(d):
                    slopes[j] += miss * row[j]
            w = [u - lr * (s / n + l2 * u) for u, s in zip(w, slopes)]
            b -= lr * slope / n
        self.theta = w, b

    def predict_proba(self, X):
        if self.theta is None:
            raise RuntimeError("no model yet")
        w, b = self.theta
        return [probability(b + sum(u * float(v) for u, v in zip(w, row))) for row in X]

    def predict(self, X):
        return [1 if p >= 0.5 else 0 for p in self.predict_proba(X)]
