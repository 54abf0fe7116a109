import math


def mean_and_variance(values):
    mean = math.fsum(values) / len(values)
    return mean, math.fsum((v - mean) ** 2 for v in values) / len(values)


class GNB:
    def __init__(self, eps=1e-9):
        self.eps = eps
        self.kinds = None

    def fit(self, X, y):
        rows = [[float(v) for v in row] for row in X]
        labels = [int(label) for label in y]
        spread = max(mean_and_variance(column)[1] for column in zip(*rows))
        floor = self.eps * (spread if spread > 0 else 1.0)
        self.kinds = []
        for kind in sorted(set(labels)):
            mine = [row for row, label in zip(rows, labels) if label == kind]
            normals = [mean_and_variance(column) for column in zip(*mine)]
            share = math.log(len(mine) / len(rows))
            self.kinds.append((kind, share, [(m, v + floor) for m, v in normals]))

    def scores(self, row):
        found = []
        for _, share, normals in self.kinds:
            score = share
            for value, (mean, variance) in zip(row, normals):
                score -= (math.log(2 * math.pi * variance) + (value - mean) ** 2 / variance) / 2
            found.append(score)
        top = max(found)
        total = top + math.log(sum(math.exp(score - top) for score in found))
        return [score - total for score in found]

    def predict_log_proba(self, X):
        if self.kinds is None:
            raise RuntimeError("not fitted")
        return [self.scores([float(v) for v in row]) for row in X]

    def predict(self, X):
        answers = []
        for scores in self.predict_log_proba(X):
            answers.append(self.kinds[scores.index(max(scores))][0])
        return answers
