from contextlib import contextmanager

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


@contextmanager
def evaluating(model):
    back = model.train if model.training else model.eval
    model.eval()
    try:
        yield
    finally:
        back()


def evaluate(model, batches):
    with evaluating(model):
        scored = [(np.ravel(model(X)), np.ravel(y)) for X, y in batches]
    if sum(len(z) for z, _ in scored) == 0:
        raise ValueError("no rows to score")
    z = np.concatenate([z for z, _ in scored])
    y = np.concatenate([y for _, y in scored])
    side = np.where(y == 1, -z, z)
    loss = np.mean(np.maximum(side, 0) + np.log1p(np.exp(-np.abs(side))))
    positive = z >= 0
    both = np.sum(positive) + np.sum(y)
    f1 = 2 * np.sum(positive & (y == 1)) / both if both else 0.0
    return {"f1": float(f1), "loss": float(loss)}
