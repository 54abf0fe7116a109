import numpy as np


def bootstrap_diff(user, variant, clicks, views, n, seed):
    """user, variant, clicks and views have an entry per visit. Returns (diff, lo, hi)."""
