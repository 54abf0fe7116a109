import numpy as np


class BN:
    def __init__(self, d, momentum, eps):
        self.momentum = momentum
        self.eps = eps
        self.gamma = np.ones(d)
        self.beta = np.zeros(d)
        self.running_mean = np.zeros(d)
        self.running_var = np.ones(d)

    def forward(self, X, training):
        X = np.asarray(X, dtype=float)
        n = len(X)
        if training and n < 2:
            raise ValueError(f"{n} rows have no variance to train with")
        old_mean, old_var = self.running_mean, self.running_var
        if n > 1:
            mean = X.mean(axis=0)
            var = ((X - mean) ** 2).mean(axis=0)
            self.running_mean = self.moved(self.running_mean, mean)
            self.running_var = self.moved(self.running_var, var * n / (n - 1))
        if training:
            return self.normalised(X, mean, var)
        return self.normalised(X, old_mean, old_var)

    def moved(self, old, new):
        return (1 - self.momentum) * old + self.momentum * new

    def normalised(self, X, mean, var):
        return self.gamma * (X - mean) / np.sqrt(var + self.eps) + self.beta
