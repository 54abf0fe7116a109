import math


def asof_join(events, feats, max_age):
    history = {}
    for key, time, value in sorted(feats, key=lambda row: row[1]):
        times, values = history.setdefault(key, ([], []))
        times.append(time)
        values.append(value)
    result = []
    for key, time in events:
        times, values = history.get(key, ([], []))
        last = min(range(len(times)), key=lambda i: abs(times[i] - time), default=-1)
        fresh = last >= 0 and abs(time - times[last]) <= max_age
        result.append(values[last] if fresh else math.nan)
    return result
