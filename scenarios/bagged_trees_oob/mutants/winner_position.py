import math

import numpy as np


def add_votes(votes, rows, answers, classes):
    """One vote for each of the rows; the columns of votes are the sorted classes."""
    votes[rows, np.searchsorted(classes, answers)] += 1


def bagging(X, y, fit_fn, n_models, seed):
    if n_models < 1:
        raise ValueError(f"need at least one model, got {n_models}")
    X, y = np.asarray(X), np.asarray(y)
    n = len(X)
    rng = np.random.default_rng(seed)
    classes = np.unique(y)
    votes = np.zeros((n, len(classes)), dtype=int)
    models = []
    for _ in range(n_models):
        drawn = rng.integers(0, n, size=n)
        model = fit_fn(X[drawn], y[drawn])
        models.append(model)
        unseen = np.setdiff1d(np.arange(n), drawn)
        if len(unseen):
            add_votes(votes, unseen, model(X[unseen]), classes)

    voted = votes.sum(axis=1) > 0
    winners = classes[votes.argmax(axis=1)]
    accuracy = float((winners == y)[voted].mean()) if voted.any() else math.nan

    def predict(new):
        every = np.arange(len(new))
        total = np.zeros((len(new), len(classes)), dtype=int)
        for model in models:
            add_votes(total, every, model(new), classes)
        return total.argmax(axis=1)

    return predict, accuracy
