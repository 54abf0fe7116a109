import numpy as np


def target_encode(cat, y, folds, m=10):
    """Returns (train_enc, mapping)."""
