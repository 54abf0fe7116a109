import numpy as np


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    """Group the rows of X into k segments; returns (labels, centroids, inertia)."""
