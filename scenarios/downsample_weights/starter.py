import numpy as np


def downsample(y, rate, seed):
    """Choose the rows with labels y to train on, and their weights; returns (idx, weight)."""
