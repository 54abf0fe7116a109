from collections import Counter
from statistics import fmean, pstdev


def knn_predict(X_train, y_train, X, k):
    n = len(X_train)
    if any(not hasattr(row, "__len__") for row in X_train) or any(not hasattr(row, "__len__") for row in X):
        raise ValueError("each row needs its own columns")
    if k < 1 or k > n:
        raise ValueError("k is out of range")
    columns = []
    for j, column in enumerate(zip(*[[float(v) for v in row] for row in X_train])):
        if min(column) < max(column):
            columns.append((j, fmean(column), pstdev(column)))

    def prepared(row):
        return [(float(row[j]) - mean) / spread for j, mean, spread in columns]

    known = [prepared(row) for row in X_train]
    answers = []
    for row in X:
        here = prepared(row)
        order = sorted((sum((a - b) ** 2 for a, b in zip(here, there)), i) for i, there in enumerate(known))
        near = [y_train[i] for _, i in order[:k]]
        votes = Counter(near)
        most = max(votes.values())
        answers.append(next(label for label in near if votes[label] == most))
    return answers
