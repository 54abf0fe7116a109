import numpy as np


def as_times(column):
    """Seconds as floats; a time that is not known is NaN."""
    return np.array([np.nan if second is None else second for second in column], dtype=float)


def time_split(event_ts, label_ts, cutoff, test_len):
    if len(event_ts) != len(label_ts):
        raise ValueError("the two columns differ in length")
    event, label = as_times(event_ts), as_times(label_ts)
    past = event < cutoff
    known = label < cutoff
    tested = (event > cutoff) & (event < cutoff + test_len)
    train_idx = np.flatnonzero(past & known)
    test_idx = np.flatnonzero(tested)
    if len(train_idx) == 0:
        raise ValueError("no row is known before the cutoff")
    return train_idx, test_idx
