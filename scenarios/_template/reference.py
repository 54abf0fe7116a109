import math


def moving_average(values, window):
    if window < 1:
        raise ValueError(f"window must be at least 1, got {window}")
    numbers = [float(v) for v in values]
    smoothed = []
    for i in range(len(numbers)):
        seen = [v for v in numbers[max(0, i - window + 1) : i + 1] if not math.isnan(v)]
        smoothed.append(sum(seen) / len(seen) if seen else math.nan)
    return smoothed
