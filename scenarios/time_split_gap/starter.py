import numpy as np


def time_split(event_ts, label_ts, cutoff, test_len):
    """Returns (train_idx, test_idx)."""
