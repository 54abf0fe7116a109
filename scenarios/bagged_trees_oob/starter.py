import numpy as np


def bagging(X, y, fit_fn, n_models, seed):
    """fit_fn(X, y) trains one model and returns its predict function."""
