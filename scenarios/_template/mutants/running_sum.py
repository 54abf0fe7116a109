import math


def moving_average(values, window):
    if window < 1:
        raise ValueError(f"window must be at least 1, got {window}")
    numbers = [float(v) for v in values]
    smoothed, total, count = [], 0.0, 0
    for i, value in enumerate(numbers):
        if not math.isnan(value):
            total, count = total + value, count + 1
        if i >= window and not math.isnan(numbers[i - window]):
            total, count = total - numbers[i - window], count - 1
        smoothed.append(total / count if count else math.nan)
    return smoothed
