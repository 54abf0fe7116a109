import numpy as np


def rows_by_user(user, ts):
    """The positions of each user's clicks, in time order."""
    rows = {}
    for row, name in enumerate(user):
        rows.setdefault(name, []).append(row)
    for name in rows:
        rows[name].sort(key=lambda row: ts[row])
    return rows


def sessionise(user, ts, gap=1800):
    if len(user) != len(ts):
        raise ValueError("the two columns differ in length")
    by_time = sorted(range(len(ts)), key=lambda row: ts[row])
    answer = sessionise_sorted([user[row] for row in by_time], [ts[row] for row in by_time], gap)
    session_id = np.zeros(len(ts), dtype=int)
    session_id[by_time] = answer
    user[:] = [user[row] for row in by_time]
    ts[:] = sorted(ts)
    return session_id


def sessionise_sorted(user, ts, gap):
    session_id = np.zeros(len(ts), dtype=int)
    for rows in rows_by_user(user, ts).values():
        current = 0
        for before, row in zip(rows, rows[1:]):
            if ts[row] - ts[before] > gap:
                current += 1
            session_id[row] = current
    return session_id
