import numpy as np


class BN:
    def __init__(self, d, momentum, eps):
        self.momentum, self.eps = momentum, eps
        self.gamma, self.beta = np.ones(d), np.zeros(d)
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)

    def forward(self, X, training):
        rows = np.array(X, dtype=np.float64)
        mean, divisor = self.running_mean, self.running_var
        if training:
            if rows.shape[0] <= 1:
                raise ValueError("training needs two rows or more")
            mean, divisor = np.mean(rows, axis=0), np.var(rows, axis=0)
            self.running_mean = self.running_mean + self.momentum * (mean - self.running_mean)
            seen = np.var(rows, axis=0, ddof=1)
            self.running_var = self.running_var + self.momentum * (seen - self.running_var)
        rows -= mean
        rows /= np.sqrt(divisor + self.eps)
        return rows * self.gamma + self.beta
