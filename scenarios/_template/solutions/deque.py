from collections import deque
from math import fsum, isnan, nan


def moving_average(values, window):
    if window < 1:
        raise ValueError("the window needs at least one value")
    recent = deque(maxlen=window)
    result = []
    for value in values:
        recent.append(float(value))
        known = [v for v in recent if not isnan(v)]
        result.append(fsum(known) / len(known) if known else nan)
    return result
