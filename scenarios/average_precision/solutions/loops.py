from collections import defaultdict


def average_precision(y, score):
    y, score = list(y), list(score)
    if len(y) != len(score):
        raise ValueError("different lengths")
    groups = defaultdict(lambda: [0, 0])
    for label, value in zip(y, score):
        if value != value:
            raise ValueError("NaN")
        if label not in (0, 1):
            raise ValueError(f"label {label}")
        groups[float(value)][0] += int(label)
        groups[float(value)][1] += 1
    all_hits = sum(good for good, _ in groups.values())
    if all_hits == 0:
        raise ValueError("nothing to find")
    found, seen, result = 0, 0, 0.0
    for value in sorted(groups, reverse=True):
        good, size = groups[value]
        recall_before = found / all_hits
        found += good
        seen += size
        result += (found / all_hits - recall_before) * (found / seen)
    return result
