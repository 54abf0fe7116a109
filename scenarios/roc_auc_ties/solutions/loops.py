import math


def roc_auc(y_true, y_score):
    labels = list(y_true)
    scores = [float(score) for score in y_score]
    if not labels or len(labels) != len(scores):
        raise ValueError("need two lists of the same length with at least one row")
    for label, score in zip(labels, scores):
        if label not in (0, 1):
            raise ValueError(f"unknown label {label!r}")
        if math.isnan(score):
            raise ValueError("score is NaN")
    fraud = [score for label, score in zip(labels, scores) if label == 1]
    normal = [score for label, score in zip(labels, scores) if label == 0]
    if not fraud or not normal:
        raise ValueError("only one class")
    wins = 0.0
    for high in fraud:
        for low in normal:
            if high > low:
                wins += 1.0
            elif high == low:
                wins += 0.5
    return wins / (len(fraud) * len(normal))
