import numpy as np


def attention(Q, K, V, mask=None):
    """Attention of one head under a mask; returns (out, weights)."""
