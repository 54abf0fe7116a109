import random


class MF:
    def __init__(self, k=8, lr=0.02, l2=0.02, epochs=30, seed=0):
        self.k, self.lr, self.l2, self.epochs, self.seed = k, lr, l2, epochs, seed

    def fit(self, triples):
        latest = {}
        for u, i, r in triples:
            latest[(u, i)] = r
        if len(latest) == 0:
            raise ValueError("empty")
        dice = random.Random(self.seed)
        rows = [(u, i, float(r)) for (u, i), r in latest.items()]
        self.mu = sum(r for _, _, r in rows) / len(rows)
        self.bu, self.bi, self.P, self.Q = {}, {}, {}, {}
        for u, i, _ in rows:
            if u not in self.P:
                self.bu[u] = 0.0
                self.P[u] = [dice.gauss(0, 0.1) for _ in range(self.k)]
            if i not in self.Q:
                self.bi[i] = 0.0
                self.Q[i] = [dice.gauss(0, 0.1) for _ in range(self.k)]
        for _ in range(self.epochs):
            dice.shuffle(rows)
            for u, i, r in rows:
                p, q = self.P[u], self.Q[i]
                e = r - self.mu - self.bu[u] - self.bi[i] - sum(a * b for a, b in zip(p, q))
                self.bu[u] += self.lr * (e - self.l2 * self.bu[u])
                self.bi[i] += self.lr * (e - self.l2 * self.bi[i])
                for f in range(self.k):
                    a, b = p[f], q[f]
                    p[f] = a + self.lr * (e * b - self.l2 * a)
                    q[f] = b + self.lr * (e * a - self.l2 * b)
        return self

    def predict(self, u, i):
        guess = self.mu
        if u in self.bu:
            guess += self.bu[u]
        if i in self.bi:
            guess += self.bi[i]
        if u in self.P and i in self.Q:
            guess += sum(a * b for a, b in zip(self.P[u], self.Q[i]))
        return min(5.0, max(1.0, guess))
