from bisect import bisect_right


def ece(y, p, bins=10):
    y, p = list(y), [float(chance) for chance in p]
    if bins < 1 or not y or len(y) != len(p):
        raise ValueError("bins, rows or lengths")
    for label, chance in zip(y, p):
        if label not in (0, 1):
            raise ValueError(f"label {label!r}")
        if not 0 <= chance <= 1:
            raise ValueError(f"probability {chance}")
    edges = [k / bins for k in range(1, bins)]
    stated = [0.0] * bins
    came_true = [0] * bins
    for label, chance in zip(y, p):
        at = bisect_right(edges, chance)
        stated[at] += chance
        came_true[at] += int(label)
    # |mean p - share| * rows / n  is  |sum p - positives| / n
    return sum(abs(a - b) for a, b in zip(stated, came_true)) / len(y)
