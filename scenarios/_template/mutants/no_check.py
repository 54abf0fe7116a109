import math


def moving_average(values, window):
    window = max(window, 1)
    numbers = [float(v) for v in values]
    smoothed = []
    for i in range(len(numbers)):
        seen = [v for v in numbers[max(0, i - window + 1) : i + 1] if not math.isnan(v)]
        smoothed.append(sum(seen) / len(seen) if seen else math.nan)
    return smoothed
