import numpy as np


class GNB:
    def __init__(self, eps=1e-9):
        self.classes = None

    def fit(self, X, y):
        if len(X) != len(y):
            raise ValueError("one label per row")
        self.classes, counts = np.unique(y, return_counts=True)
        self.width = np.shape(X)[1]
        self.log_prior = np.log(counts / len(y))
        return self

    def predict_log_proba(self, X):
        if self.classes is None:
            raise RuntimeError("call fit first")
        if np.shape(X)[1] != self.width:
            raise ValueError("another number of columns")
        return np.tile(self.log_prior, (len(X), 1))

    def predict(self, X):
        return self.classes[self.predict_log_proba(X).argmax(axis=1)]
