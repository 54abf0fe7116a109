import numpy as np


def asof_join(events, feats, max_age):
    result = np.full(len(events), np.nan)
    if not events or not feats:
        return result
    names = {key: number for number, key in enumerate(dict.fromkeys(row[0] for row in feats))}
    key = np.array([names[row[0]] for row in feats])
    time = np.array([row[1] for row in feats])
    value = np.array([row[2] for row in feats], dtype=float)
    order = np.argsort(time, kind="stable")
    key, time, value = key[order], time[order], value[order]
    asked = np.array([names.get(row[0], -1) for row in events])
    moment = np.array([row[1] for row in events])
    for number in range(len(names)):
        mine, rows = np.flatnonzero(asked == number), np.flatnonzero(key == number)
        at = np.searchsorted(time[rows], moment[mine], side="left") - 1
        found = at >= 0
        mine, at = mine[found], rows[at[found]]
        fresh = moment[mine] - time[at] <= max_age
        result[mine[fresh]] = value[at[fresh]]
    return result
