import numpy as np


def split(X, onehot, min_leaf):
    n = len(X)
    best = (0.0, None, None)
    whole = onehot.sum(0)
    base = (whole**2).sum() / n
    for j, column in enumerate(X.T):
        order = column.argsort(kind="stable")
        v = column[order]
        left = onehot[order].cumsum(0)[:-1]
        right = whole - left
        size = np.arange(1, n)
        legal = (v[1:] > v[:-1]) & (size >= min_leaf) & (n - size >= min_leaf)
        if not legal.any():
            continue
        score = (left**2).sum(1) / size + (right**2).sum(1) / (n - size) - base
        score = np.where(legal, score, -np.inf)
        top = score.max()
        if top > best[0] + 1e-9:
            i = int(np.argmax(score >= top - 1e-9))
            t = v[i] + (v[i + 1] - v[i]) / 2
            best = (top, j, v[i] if t == v[i + 1] else t)
    return best[1:]


class Tree:
    """Nodes lie in flat lists; predict moves all rows down one level at a time."""

    def __init__(self, max_depth, min_leaf=1):
        self.max_depth = max_depth
        self.min_leaf = min_leaf

    def fit(self, X, y):
        X = np.asarray(X, float)
        self.classes, code = np.unique(y, return_inverse=True)
        onehot = np.eye(len(self.classes))[code]
        self.nodes = []
        todo = [(np.arange(len(X)), 0, None, None)]
        while todo:
            rows, depth, parent, side = todo.pop()
            me = len(self.nodes)
            self.nodes.append([-1, 0.0, -1, -1, onehot[rows].sum(0).argmax()])
            if parent is not None:
                self.nodes[parent][side] = me
            if depth == self.max_depth:
                continue
            j, t = split(X[rows], onehot[rows], self.min_leaf)
            if j is not None:
                self.nodes[me][:2] = [j, t]
                low = X[rows, j] <= t
                todo += [(rows[low], depth + 1, me, 2), (rows[~low], depth + 1, me, 3)]
        return self

    def predict(self, X):
        X = np.asarray(X, float)
        at = np.zeros(len(X), int)
        column = np.array([node[0] for node in self.nodes])
        cut = np.array([node[1] for node in self.nodes])
        kids = np.array([node[2:4] for node in self.nodes])
        label = np.array([node[4] for node in self.nodes])
        for _ in range(self.max_depth):
            inner = np.flatnonzero(column[at] >= 0)
            if len(inner) == 0:
                break
            here = at[inner]
            right = X[inner, column[here]] > cut[here]
            at[inner] = kids[here, right.astype(int)]
        return self.classes[label[at]]
