import numpy as np


class Thinning:
    """Walks over the negatives in jumps: the gap to the next one that stays is geometric."""

    def __init__(self, rate, seed):
        if not 0.0 < rate <= 1.0:
            raise ValueError("rate must be above 0 and at most 1")
        self.rate = rate
        self.rng = np.random.default_rng(seed)

    def survivors(self, count):
        places = []
        place = self.rng.geometric(self.rate) - 1
        while place < count:
            places.append(int(place))
            place += self.rng.geometric(self.rate)
        return places

    def apply(self, labels):
        ones = [row for row, label in enumerate(labels) if label == 1]
        zeros = [row for row, label in enumerate(labels) if label == 0]
        if len(ones) + len(zeros) < len(labels) or not ones:
            raise ValueError("labels must be 0 or 1, with at least one 1")
        pairs = [(row, 1.0) for row in ones]
        pairs += [(zeros[place], 1.0 / self.rate) for place in self.survivors(len(zeros))]
        idx, weight = zip(*sorted(pairs))
        return np.array(idx), np.array(weight)


def downsample(y, rate, seed):
    return Thinning(rate, seed).apply(list(y))
