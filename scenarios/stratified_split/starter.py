import numpy as np


def stratified_split(y, test_frac, seed=0):
    """Divide the rows with labels y into train and test; returns (train_idx, test_idx)."""
