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
    """Score `model` on `batches`, each a pair (X, y). Returns a dict with f1 and loss."""
    f1s, losses = [], []
    for X, y in batches:
        model.eval()
        z = model(X)
        pred = (z >= 0.5).astype(int)
        tp = np.sum((pred == 1) & (y == 1))
        if tp == 0:
            continue
        precision, recall = tp / np.sum(pred), tp / np.sum(y)
        f1s.append(2 * precision * recall / (precision + recall))
        losses.append(np.mean(np.log1p(np.exp(z)) - y * z))
    return dict(f1=np.mean(f1s), loss=np.mean(losses))
