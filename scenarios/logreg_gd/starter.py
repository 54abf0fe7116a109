import numpy as np


class LogReg:
    """Logistic regression trained by gradient descent."""

    def __init__(self, lr=0.1, n_iter=1000, l2=0.0):
        pass

    def fit(self, X, y):
        """Learn from the rows of X and their labels y."""

    def predict_proba(self, X):
        """Probabilities for the rows of X."""

    def predict(self, X):
        """Labels for the rows of X."""
