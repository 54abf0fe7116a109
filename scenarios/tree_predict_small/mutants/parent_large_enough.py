import numpy as np

TINY = 1e-12


class Leaf:
    def __init__(self, label):
        self.label = label


class Node:
    def __init__(self, feature, threshold, left, right):
        self.feature = feature
        self.threshold = threshold
        self.left = left
        self.right = right


def gini(counts):
    shares = counts / counts.sum()
    return 1.0 - (shares**2).sum()


def between(low, high):
    """A threshold with low on its left and high on its right, even when no float lies between them."""
    middle = low + (high - low) / 2
    return middle if middle < high else low


def best_split(X, codes, classes, min_leaf):
    """The feature and threshold that lower the impurity most, or None."""
    rows = len(codes)
    if rows < min_leaf:
        return None
    total = np.bincount(codes, minlength=classes)
    before = gini(total)
    best, best_gain = None, TINY
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature], kind="stable")
        values = X[order, feature]
        left = np.zeros(classes)
        for size in range(1, rows):
            left[codes[order[size - 1]]] += 1
            if values[size - 1] == values[size]:
                continue
            after = (size * gini(left) + (rows - size) * gini(total - left)) / rows
            gain = before - after
            if gain > best_gain + TINY:
                best, best_gain = (feature, between(values[size - 1], values[size])), gain
    return best


class Tree:
    def __init__(self, max_depth, min_leaf=1):
        self.max_depth = max_depth
        self.min_leaf = min_leaf
        self.root = None

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        self.classes, codes = np.unique(np.asarray(y), return_inverse=True)
        self.root = self._grow(X, codes, depth=0)
        return self

    def predict(self, X):
        labels = [self._label(row) for row in np.asarray(X, dtype=float)]
        return np.array(labels, dtype=self.classes.dtype)

    def _grow(self, X, codes, depth):
        split = None
        if depth < self.max_depth:
            split = best_split(X, codes, len(self.classes), self.min_leaf)
        if split is None:
            return Leaf(self.classes[np.bincount(codes).argmax()])
        feature, threshold = split
        goes_left = X[:, feature] <= threshold
        left = self._grow(X[goes_left], codes[goes_left], depth + 1)
        right = self._grow(X[~goes_left], codes[~goes_left], depth + 1)
        return Node(feature, threshold, left, right)

    def _label(self, row):
        node = self.root
        while isinstance(node, Node):
            node = node.left if row[node.feature] <= node.threshold else node.right
        return node.label
