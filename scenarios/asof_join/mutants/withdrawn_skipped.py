import math
from bisect import bisect_left


def asof_join(events, feats, max_age):
    history = {}
    for key, time, value in sorted(feats, key=lambda row: row[1]):
        if math.isnan(value):
            continue
        times, values = history.setdefault(key, ([], []))
        times.append(time)
        values.append(value)
    result = []
    for key, time in events:
        times, values = history.get(key, ([], []))
        last = bisect_left(times, time) - 1
        fresh = last >= 0 and time - times[last] <= max_age
        result.append(values[last] if fresh else math.nan)
    return result
