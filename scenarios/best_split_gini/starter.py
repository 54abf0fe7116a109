import numpy as np


def best_split(X, y):
    """The best question for one node: (feature, threshold, gain), or None."""
