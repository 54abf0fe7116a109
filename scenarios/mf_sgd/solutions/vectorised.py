import numpy as np


class MF:
    """Users and items are rows of two matrices; column 0 is the bias, the last row is for the unknown."""

    def __init__(self, k=8, lr=0.02, l2=0.02, epochs=30, seed=0):
        self.settings = k, lr, l2, epochs, seed

    def fit(self, triples):
        k, lr, l2, epochs, seed = self.settings
        triples = list(triples)
        if not triples:
            raise ValueError("nothing to fit")
        self.users = {u: n for n, u in enumerate({t[0]: None for t in triples})}
        self.items = {i: n for n, i in enumerate({t[1]: None for t in triples})}
        grid = {(self.users[u], self.items[i]): r for u, i, r in triples}
        where = np.array(list(grid), dtype=int)
        r = np.array(list(grid.values()), dtype=float)
        self.mean = r.mean()

        random = np.random.RandomState(seed)
        self.U = np.zeros((len(self.users) + 1, 1 + k))
        self.V = np.zeros((len(self.items) + 1, 1 + k))
        self.U[:-1, 1:] = 0.05 * random.randn(len(self.users), k)
        self.V[:-1, 1:] = 0.05 * random.randn(len(self.items), k)
        for _ in range(epochs):
            for n in random.permutation(len(r)):
                u, v = self.U[where[n, 0]], self.V[where[n, 1]]
                e = r[n] - self.mean - u[0] - v[0] - u[1:] @ v[1:]
                to_u, to_v = v.copy(), u.copy()
                to_u[0] = to_v[0] = 1.0
                u += lr * (e * to_u - l2 * u)
                v += lr * (e * to_v - l2 * v)
        return self

    def predict(self, u, i):
        a = self.U[self.users.get(u, -1)]
        b = self.V[self.items.get(i, -1)]
        return max(1.0, min(5.0, float(self.mean + a[0] + b[0] + a[1:] @ b[1:])))
