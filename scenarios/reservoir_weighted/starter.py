import numpy as np


def reservoir(stream, k, seed):
    """Picks k events of the stream; returns a list."""
