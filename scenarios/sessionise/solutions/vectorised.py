import numpy as np


def sessionise(user, ts, gap=1800):
    ts = np.asarray(ts)
    if len(user) != len(ts):
        raise ValueError("user and ts must be equally long")
    out = np.zeros(len(ts), dtype=np.int64)
    if len(ts) == 0:
        return out
    _, code = np.unique(np.asarray(user), return_inverse=True)
    order = np.lexsort((ts, code))
    sorted_code, sorted_ts = code[order], ts[order]
    first_of_user = np.r_[True, sorted_code[1:] != sorted_code[:-1]]
    breaks = np.r_[False, np.diff(sorted_ts) > gap] & ~first_of_user
    running = np.cumsum(breaks)
    before_user = running[first_of_user]
    out[order] = running - before_user[np.cumsum(first_of_user) - 1]
    return out
