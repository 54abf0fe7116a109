import heapq
from itertools import count

import numpy as np


def reservoir(stream, k, seed):
    """The k events with the largest random keys."""
    if k < 0:
        raise ValueError("negative k")
    if k == 0:
        return []
    rng = np.random.default_rng(seed)
    arrival = count()  # decides between equal keys, so that events are never compared
    heap = []
    for event in stream:
        entry = (rng.random(), next(arrival), event)
        if len(heap) < k:
            heapq.heappush(heap, entry)
        elif entry > heap[0]:
            heapq.heapreplace(heap, entry)
    return [event for _, _, event in heap]
