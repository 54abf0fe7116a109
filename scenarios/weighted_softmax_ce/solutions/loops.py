import math

import numpy as np


def softmax_ce(logits, labels, class_weight=None, ignore_index=-1):
    n, c = np.shape(logits)
    grad = np.zeros((n, c))
    loss = 0.0
    total = 0.0
    for i in range(n):
        tag = int(labels[i])
        if tag == ignore_index:
            continue
        if tag < 0 or tag >= c:
            raise ValueError(f"no class {tag}")
        scores = [float(value) for value in logits[i]]
        top = max(scores)
        powers = [math.exp(value - top) for value in scores]
        norm = sum(powers)
        weight = 1.0 if class_weight is None else float(class_weight[tag])
        loss += weight * (top + math.log(norm) - scores[tag])
        total += weight
        for j in range(c):
            grad[i, j] = weight * (powers[j] / norm - (1.0 if j == tag else 0.0))
    if total == 0:
        return 0.0, np.zeros((n, c))
    return loss / total, grad / total
