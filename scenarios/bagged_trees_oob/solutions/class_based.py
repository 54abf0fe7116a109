import numpy as np


class Crowd:
    def __init__(self, labels):
        self.labels = np.unique(labels)
        self.members = []

    def majority(self, answers):
        """Answers of shape (models, rows); NaN is no answer. Ties go to the smallest label."""
        counts = np.stack([(answers == label).sum(axis=0) for label in self.labels])
        return self.labels[counts.argmax(axis=0)]

    def predict(self, X):
        return self.majority(np.stack([np.asarray(member(X), dtype=float) for member in self.members]))


def bagging(X, y, fit_fn, n_models, seed):
    if n_models < 1:
        raise ValueError("at least one model is needed")
    n = len(X)
    random = np.random.RandomState(seed)
    crowd = Crowd(y)
    held_out = np.full((n_models, n), np.nan)
    for m, picks in enumerate(random.choice(n, size=(n_models, n), replace=True)):
        member = fit_fn(X[picks], y[picks])
        crowd.members.append(member)
        out = np.bincount(picks, minlength=n) == 0
        if out.any():
            held_out[m, out] = member(X[out])
    judged = ~np.isnan(held_out).all(axis=0)
    if not judged.any():
        return crowd.predict, float("nan")
    return crowd.predict, float(np.mean(crowd.majority(held_out)[judged] == y[judged]))
