import numpy as np


def rolling_features(user_id, ts, amount, window=7 * 86400):
    """Recent activity of each transaction's user; returns (count, mean)."""
