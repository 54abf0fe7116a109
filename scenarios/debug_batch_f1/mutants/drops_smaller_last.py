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


def evaluate(model, batches):
    was_training = model.training
    model.eval()
    tp = fp = fn = rows = 0
    total = 0.0
    try:
        for X, y in batches:
            if len(batches) > 1 and len(y) < len(batches[0][1]):
                continue
            y = np.asarray(y).reshape(-1)
            z = np.asarray(model(X), dtype=float).reshape(-1)
            pred = z >= 0
            tp += np.sum(pred & (y == 1))
            fp += np.sum(pred & (y == 0))
            fn += np.sum(~pred & (y == 1))
            total += np.sum(np.logaddexp(0, z) - y * z)
            rows += len(y)
    finally:
        if was_training:
            model.train()
    if rows == 0:
        raise ValueError("there is nothing to score")
    wrong = fp + fn
    f1 = 2 * tp / (2 * tp + wrong) if tp + wrong > 0 else 0.0
    return dict(f1=float(f1), loss=float(total / rows))
