import random


def make_folds(y, k, seed):
    positives = [i for i, label in enumerate(y) if label == 1]
    negatives = [i for i, label in enumerate(y) if label != 1]
    if k < 2 or k > len(positives) or k > len(negatives):
        raise ValueError("no such number of folds")
    shuffle = random.Random(int(seed)).shuffle
    fold = [0] * len(positives + negatives)
    for rows in (positives, negatives):
        shuffle(rows)
        for turn, i in enumerate(rows):
            fold[i] = turn % k
    return fold


def mean(values):
    return sum(values) / len(values)


def deviation(values):
    middle = mean(values)
    return mean([(v - middle) ** 2 for v in values]) ** 0.5


def mean_and_spread(values):
    if min(values) == max(values):
        return values[0], None
    return mean(values), deviation(values)


def pick_features(X, y, n):
    if n < 1:
        raise ValueError("n must be positive")
    strengths = []
    for column in zip(*X):
        values = [float(v) for v in column]
        _, width = mean_and_spread(values)
        if width is None:
            strengths.append(0.0)
            continue
        ones = mean([v for v, label in zip(values, y) if label == 1])
        zeros = mean([v for v, label in zip(values, y) if label == 0])
        strengths.append(abs(ones - zeros) / width)
    return sorted(range(len(strengths)), key=lambda j: -strengths[j])[:n]


def accuracy(train, train_y, test, test_y, n_features):
    columns = pick_features(train, train_y, n_features)
    scales = [mean_and_spread([float(row[j]) for row in train]) for j in columns]

    def scaled(row):
        return [0.0 if width is None else (row[j] - middle) / width for j, (middle, width) in zip(columns, scales)]

    centres = []
    for label in (0, 1):
        rows = [scaled(row) for row, known in zip(train, train_y) if known == label]
        centres.append([mean(column) for column in zip(*rows)])
    hits = 0
    for row, label in zip(test, test_y):
        z = scaled(row)
        far = [sum((a - b) ** 2 for a, b in zip(z, centre)) for centre in centres]
        hits += (far[1] < far[0]) == (label == 1)
    return hits / len(test_y)


def cv_score(X, y, k=5, n_features=10, seed=0):
    fold = make_folds(y, k, seed)
    rows = [[float(v) for v in row] for row in X]
    scores = []
    for i in range(k):
        train = [(row, label) for row, label, f in zip(rows, y, fold) if f != i]
        test = [(row, label) for row, label, f in zip(rows, y, fold) if f == i]
        scores.append(accuracy(*zip(*train), *zip(*test), n_features))
    return {"mean": mean(scores), "std": deviation(scores)}
