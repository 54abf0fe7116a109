import numpy as np


def bce_with_logits(z, y, pos_weight=1.0):
    """Binary cross-entropy of logits z and targets y; returns (loss, grad)."""
