import numpy as np


class RocCurve:
    """The curve through one point per distinct score, from the strictest threshold down."""

    def __init__(self, labels, scores):
        order = np.argsort(-scores, kind="stable")
        labels, scores = labels[order], scores[order]
        last_of_tie = np.append(scores[1:] != scores[:-1], True)
        hits = np.cumsum(labels)[last_of_tie]
        alarms = np.cumsum(1 - labels)[last_of_tie]
        self.tpr = np.concatenate([[0.0], hits / hits[-1]])
        self.fpr = np.concatenate([[0.0], alarms / alarms[-1]])

    def area(self):
        widths = self.fpr[1:] - self.fpr[:-1]
        heights = (self.tpr[1:] + self.tpr[:-1]) / 2
        return float((widths * heights).sum())


def check(labels, scores):
    if len(labels) != len(scores) or len(labels) == 0:
        raise ValueError("lengths differ or nothing came in")
    if any(label not in (0, 1) for label in labels):
        raise ValueError("labels are 0 and 1")
    if any(score != score for score in scores):
        raise ValueError("NaN among the scores")
    if len(set(labels)) < 2:
        raise ValueError("one class only")


def roc_auc(y_true, y_score):
    labels = np.asarray(y_true).tolist()
    scores = np.asarray(y_score, dtype=float).tolist()
    check(labels, scores)
    return RocCurve(np.array(labels, dtype=int), np.array(scores)).area()
