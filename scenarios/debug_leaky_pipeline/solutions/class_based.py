import numpy as np


class Scaler:
    def fit(self, rows):
        self.mean = np.mean(rows, axis=0)
        self.std = np.std(rows, axis=0)
        self.constant = (rows == rows[0]).all(axis=0)
        return self

    def transform(self, rows):
        out = np.zeros(rows.shape)
        for column in range(rows.shape[1]):
            if not self.constant[column]:
                out[:, column] = (rows[:, column] - self.mean[column]) / self.std[column]
        return out


class Logistic:
    def __init__(self, lr, n_iter):
        self.lr, self.n_iter = lr, n_iter

    def probability(self, Z):
        z = Z @ self.w + self.b
        small = np.exp(-np.abs(z))
        return np.where(z >= 0, 1 / (1 + small), small / (1 + small))

    def fit(self, Z, y):
        self.w, self.b = np.zeros(Z.shape[1]), 0.0
        for _ in range(self.n_iter):
            error = self.probability(Z) - y
            self.w = self.w - self.lr * (error[:, None] * Z).mean(axis=0)
            self.b = self.b - self.lr * error.mean()
        return self


def fit_and_predict(X, y, train_idx, test_idx, lr=0.1, n_iter=2000):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    scaler = Scaler().fit(X[train_idx])
    model = Logistic(lr, n_iter).fit(scaler.transform(X[train_idx]), y[train_idx])
    hard = [1 if p >= 0.5 else 0 for p in model.probability(scaler.transform(X[test_idx]))]
    return dict(mean=scaler.mean, std=scaler.std, w=model.w, b=float(model.b), pred=np.array(hard, dtype=int))
