import numpy as np


def softmax_ce(logits, labels, class_weight=None, ignore_index=-1):
    """Weighted softmax cross-entropy of a batch; returns (loss, grad)."""
