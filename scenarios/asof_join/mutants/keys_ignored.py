import math
from bisect import bisect_left


def asof_join(events, feats, max_age):
    history = {}
    for _, time, value in sorted(feats, key=lambda row: row[1]):
        times, values = history.setdefault(None, ([], []))
        times.append(time)
        values.append(value)
    result = []
    for _, time in events:
        times, values = history.get(None, ([], []))
        last = bisect_left(times, time) - 1
        fresh = last >= 0 and time - times[last] <= max_age
        result.append(values[last] if fresh else math.nan)
    return result
