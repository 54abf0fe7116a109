import numpy as np

LOWEST, HIGHEST = 1.0, 5.0


class MF:
    def __init__(self, k=8, lr=0.02, l2=0.02, epochs=30, seed=0):
        self.k = k
        self.lr = lr
        self.l2 = l2
        self.epochs = epochs
        self.seed = seed

    def fit(self, triples):
        ratings = {}
        for user, item, rating in triples:
            ratings[user, item] = float(rating)
        if not ratings:
            raise ValueError("there are no ratings to learn from")
        rng = np.random.default_rng(self.seed)
        self.mean = sum(ratings.values()) / len(ratings)
        users = dict.fromkeys(user for user, _ in ratings)
        items = dict.fromkeys(item for _, item in ratings)
        self.user_bias = {user: 0.0 for user in users}
        self.item_bias = {item: 0.0 for item in items}
        self.user_factors = {user: rng.normal(0.0, 0.1, self.k) for user in users}
        self.item_factors = {item: rng.normal(0.0, 0.1, self.k) for item in items}
        known = list(ratings.items())
        for _ in range(self.epochs):
            for at in rng.permutation(len(known)):
                (user, item), rating = known[at]
                self._learn(user, item, rating)
        return self

    def predict(self, u, i):
        return float(min(max(self._raw(u, i), LOWEST), HIGHEST))

    def _raw(self, user, item):
        guess = self.mean + self.user_bias.get(user, 0.0) + self.item_bias.get(item, 0.0)
        if user in self.user_factors and item in self.item_factors:
            guess += self.user_factors[user] @ self.item_factors[item]
        return guess

    def _learn(self, user, item, rating):
        error = rating - self._raw(user, item)
        p, q = self.user_factors[user], self.item_factors[item]
        self.user_bias[user] += self.lr * (error - self.l2 * self.user_bias[user])
        self.item_bias[item] += self.lr * (error - self.l2 * self.item_bias[item])
        self.user_factors[user] = p + self.lr * (error * q - self.l2 * p)
        self.item_factors[item] = q + self.lr * (error * p - self.l2 * q)
