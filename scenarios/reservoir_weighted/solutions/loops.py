import random


def reservoir(stream, k, seed):
    if k < 0:
        raise ValueError(f"cannot pick {k} events")
    chance = random.Random(seed)
    chosen = []
    count = 0
    for event in stream:
        count += 1
        if count <= k:
            chosen.append(event)
        elif chance.random() < k / count:
            chosen[chance.randrange(k)] = event
    return chosen
