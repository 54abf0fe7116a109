import numpy as np


class Row:
    """One token: its loss and its gradient, before weighting."""

    def __init__(self, scores, tag):
        scores = np.asarray(scores, dtype=float)
        exps = np.exp(scores - np.max(scores))
        self.probabilities = exps / exps.sum()
        self.loss = np.max(scores) + np.log(exps.sum()) - scores[tag]
        self.gradient = self.probabilities.copy()
        self.gradient[tag] -= 1


def softmax_ce(logits, labels, class_weight=None, ignore_index=-1):
    logits = np.asarray(logits)
    n_classes = logits.shape[1]
    grad = np.zeros(logits.shape, dtype=float)
    used = [i for i, tag in enumerate(labels) if tag != ignore_index]
    for i in used:
        if not 0 <= labels[i] < n_classes:
            raise ValueError("label out of range")
    weight = {i: 1.0 if class_weight is None else class_weight[labels[i]] for i in used}
    total = sum(weight.values())
    if not total:
        return 0.0, grad
    loss = 0.0
    for i in used:
        row = Row(logits[i], labels[i])
        loss += weight[i] * row.loss / total
        grad[i] = weight[i] * row.gradient / total
    return float(loss), grad
