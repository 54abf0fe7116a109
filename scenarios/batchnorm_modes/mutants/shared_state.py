import numpy as np


class BN:
    learnt = {}

    def __init__(self, d, momentum, eps):
        self.momentum = momentum
        self.eps = eps
        self.gamma = np.ones(d)
        self.beta = np.zeros(d)
        self.learnt.setdefault(d, [np.zeros(d), np.ones(d)])
        self.width = d

    @property
    def running_mean(self):
        return self.learnt[self.width][0]

    @running_mean.setter
    def running_mean(self, values):
        self.learnt[self.width][0] = values

    @property
    def running_var(self):
        return self.learnt[self.width][1]

    @running_var.setter
    def running_var(self, values):
        self.learnt[self.width][1] = values

    def forward(self, X, training):
        X = np.asarray(X, dtype=float)
        if not training:
            return self.normalised(X, self.running_mean, self.running_var)
        n = len(X)
        if n < 2:
            raise ValueError(f"{n} rows have no variance to train with")
        mean = X.mean(axis=0)
        var = ((X - mean) ** 2).mean(axis=0)
        self.running_mean = self.moved(self.running_mean, mean)
        self.running_var = self.moved(self.running_var, var * n / (n - 1))
        return self.normalised(X, mean, var)

    def moved(self, old, new):
        return (1 - self.momentum) * old + self.momentum * new

    def normalised(self, X, mean, var):
        return self.gamma * (X - mean) / np.sqrt(var + self.eps) + self.beta
