import math
from itertools import islice
from random import Random


def reservoir(stream, k, seed):
    """Draws how many events to pass over instead of one number per event."""
    if k < 0:
        raise ValueError("k is negative")
    events = iter(stream)
    sample = list(islice(events, k))
    if k == 0 or len(sample) < k:
        return sample
    rng = Random(seed)

    def uniform():
        return 1.0 - rng.random()  # in (0, 1], its logarithm is finite

    largest = 1.0  # of the k smallest keys, if every event had one
    while True:
        largest *= math.exp(math.log(uniform()) / k)
        passed = int(math.log(uniform()) / math.log1p(-largest)) if largest < 1.0 else 0
        taken = list(islice(events, passed, passed + 1))
        if not taken:
            return sample
        sample[rng.randrange(k)] = taken[0]
