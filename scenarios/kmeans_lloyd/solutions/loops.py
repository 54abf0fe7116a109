import math
import random


def squared(a, b):
    return sum((x - y) ** 2 for x, y in zip(a, b))


def nearest(point, centres):
    best = 0
    for j in range(1, len(centres)):
        if squared(point, centres[j]) < squared(point, centres[best]):
            best = j
    return best


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    points = [[float(v) for v in row] for row in X]
    if k < 1 or k > len(points):
        raise ValueError("k does not fit the number of points")
    picked = random.Random(seed).sample(range(len(points)), k)
    centres = [list(points[i]) for i in picked]
    rounds = 0
    while rounds < max_iter:
        rounds += 1
        labels = [nearest(p, centres) for p in points]
        cost = [squared(p, centres[j]) for p, j in zip(points, labels)]
        groups = {j: [] for j in range(k)}
        for p, j in zip(points, labels):
            groups[j].append(p)
        used = set()
        fresh = []
        for j in range(k):
            if groups[j]:
                size = len(groups[j])
                fresh.append([sum(column) / size for column in zip(*groups[j])])
                continue
            far = max((i for i in range(len(points)) if i not in used), key=cost.__getitem__)
            used.add(far)
            fresh.append(list(points[far]))
        largest = max(math.sqrt(squared(a, b)) for a, b in zip(centres, fresh))
        centres = fresh
        if largest < tol:
            break
    labels = [nearest(p, centres) for p in points]
    inertia = sum(squared(p, centres[j]) for p, j in zip(points, labels))
    return labels, centres, inertia
