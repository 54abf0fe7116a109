import numpy as np


class Reservoir:
    def __init__(self, size, seed):
        if size < 0:
            raise ValueError("size must be zero or more")
        self.size = size
        self.seen = 0
        self.kept = []
        self.rng = np.random.default_rng(seed)

    def add(self, event):
        self.seen += 1
        if len(self.kept) < self.size:
            self.kept.append(event)
        elif self.size and self.rng.random() * self.seen < self.size:
            self.kept[int(self.rng.integers(self.size))] = event


def reservoir(stream, k, seed):
    box = Reservoir(k, seed)
    for event in stream:
        box.add(event)
    return box.kept
