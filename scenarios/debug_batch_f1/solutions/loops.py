import math
import numpy as np


class Scorer:
    """A trained linear model with dropout on its inputs. It works; leave it as it is."""

    def __init__(self, w, b=0.0, drop=0.5):
        self.w = np.asarray(w, dtype=float)
        self.b = b
        self.drop = drop
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def __call__(self, X):
        X = np.asarray(X, dtype=float)
        if self.training:
            X = X * (np.random.random(X.shape) >= self.drop) / (1 - self.drop)
        return X @ self.w + self.b


def softplus(z):
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def evaluate(model, batches):
    before = model.training
    true_positive = predicted = positive = 0
    losses = []
    try:
        model.eval()
        for X, y in batches:
            logits = model(X)
            for i in range(len(y)):
                z = float(logits[i].item())
                label = int(y[i])
                said = 1 if z >= 0 else 0
                predicted += said
                positive += label
                true_positive += said * label
                losses.append(softplus(z) - label * z)
    finally:
        model.training = before
    if not losses:
        raise ValueError("no rows")
    f1 = 0.0
    if true_positive:
        precision = true_positive / predicted
        recall = true_positive / positive
        f1 = 2 * precision * recall / (precision + recall)
    return {"f1": f1, "loss": math.fsum(losses) / len(losses)}
