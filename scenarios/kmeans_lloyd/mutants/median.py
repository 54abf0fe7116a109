import numpy as np


def squared_distances(X, centroids):
    return ((X[:, None, :] - centroids[None, :, :]) ** 2).sum(axis=2)


def assign(X, centroids):
    distances = squared_distances(X, centroids)
    labels = distances.argmin(axis=1)
    return labels, distances[np.arange(len(X)), labels]


def move(X, labels, own, centroids):
    moved = centroids.copy()
    own = own.copy()
    for j in range(len(centroids)):
        members = X[labels == j]
        if len(members):
            moved[j] = np.median(members, axis=0)
        else:
            farthest = own.argmax()
            moved[j] = X[farthest]
            own[farthest] = -1.0
    return moved


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    X = np.asarray(X, dtype=float)
    n = len(X)
    if not 1 <= k <= n:
        raise ValueError(f"k must be between 1 and {n}, got {k}")
    rng = np.random.default_rng(seed)
    centroids = X[rng.choice(n, size=k, replace=False)]
    for _ in range(max_iter):
        labels, own = assign(X, centroids)
        moved = move(X, labels, own, centroids)
        shift = np.sqrt(((moved - centroids) ** 2).sum(axis=1)).max()
        centroids = moved
        if shift < tol:
            break
    labels, own = assign(X, centroids)
    return labels, centroids, float(own.sum())
