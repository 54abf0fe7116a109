import math

import numpy as np


def sigmoid(value):
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))


def softplus(value):
    return max(value, 0.0) + math.log1p(math.exp(-abs(value)))


def bce_with_logits(z, y, pos_weight=1.0):
    if np.shape(z) != np.shape(y):
        raise ValueError("shapes differ")
    shape = np.shape(z)
    logits, targets = np.ravel(z).tolist(), np.ravel(y).tolist()
    n = len(logits)
    if n == 0:
        return 0.0, np.zeros(shape)
    losses, slopes = [], []
    for logit, target in zip(logits, targets):
        losses.append(pos_weight * target * softplus(-logit) + (1 - target) * softplus(logit))
        slopes.append(((1 - target) * sigmoid(logit) - pos_weight * target * sigmoid(-logit)) / n)
    return math.fsum(losses) / n, np.array(slopes).reshape(shape)
