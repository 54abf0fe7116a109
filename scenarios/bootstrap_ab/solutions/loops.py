import random


def rate(users):
    clicks = views = 0
    for clicked, viewed in users:
        clicks += clicked
        views += viewed
    return clicks / views if views else None


def draw(users, rng):
    while True:
        result = rate(rng.choices(users, k=len(users)))
        if result is not None:
            return result


def percentile(ordered, share):
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def bootstrap_diff(user, variant, clicks, views, n, seed):
    if n < 1:
        raise ValueError("n must be at least 1")
    if len({len(user), len(variant), len(clicks), len(views)}) != 1:
        raise ValueError("columns of unequal length")
    side, sums = {}, {}
    for person, label, clicked, viewed in zip(user, variant, clicks, views):
        if label != "A" and label != "B":
            raise ValueError("variants are A and B")
        if side.setdefault(person, label) != label:
            raise ValueError("somebody saw both variants")
        before = sums.get(person, (0, 0))
        sums[person] = (before[0] + int(clicked), before[1] + int(viewed))
    old = [sums[person] for person in sums if side[person] == "A"]
    new = [sums[person] for person in sums if side[person] == "B"]
    if rate(old) is None or rate(new) is None:
        raise ValueError("a variant without views")
    rng = random.Random(int(seed))
    diffs = sorted(draw(new, rng) - draw(old, rng) for _ in range(n))
    return rate(new) - rate(old), percentile(diffs, 0.025), percentile(diffs, 0.975)
