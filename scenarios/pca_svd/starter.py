import numpy as np


class PCA:
    """Principal components."""

    def __init__(self, k):
        self.explained_ratio = None

    def fit(self, X):
        """Learn from the rows of X."""

    def transform(self, X):
        """A few numbers for each row of X."""
