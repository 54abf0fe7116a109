import numpy as np


class FadingMean:
    """The mean of all values so far, where each step makes the older ones count b times as much."""

    def __init__(self, b):
        self.b = b
        self.total = 0.0
        self.weight = 0.0

    def add(self, value):
        self.total = self.b * self.total + value
        self.weight = self.b * self.weight + 1.0
        return self.total / self.weight


class Adam:
    def __init__(self, lr=0.001, b1=0.9, b2=0.999, eps=1e-8, wd=0.01):
        self.lr = lr
        self.wd = wd
        self.eps = eps
        self.betas = b1, b2
        self.means = {}

    def step(self, params, grads):
        usable = [(name, np.array(grad)) for name, grad in grads.items() if grad is not None]
        if any(not np.all(np.isfinite(grad)) for _, grad in usable):
            raise ValueError("a gradient holds NaN or infinity")
        for name, grad in usable:
            if name not in self.means:
                self.means[name] = FadingMean(self.betas[0]), FadingMean(self.betas[1])
            slow, square = self.means[name]
            change = slow.add(grad) / (self.eps + np.sqrt(square.add(np.square(grad))))
            array = params[name]
            array *= 1 - self.lr * self.wd
            array -= self.lr * change


class Trainer:
    """The loop that calls the optimiser; leave it as it is."""

    def __init__(self, optimiser, params):
        self.optimiser = optimiser
        self.params = params
        self.layers = dict(params)  # what the model computes with

    def add(self, name, array):
        """A further layer, or another array for a layer."""
        self.params[name] = array
        self.layers[name] = array

    def run(self, batches):
        """One step for each batch of gradients; returns the numbers of the batches that were refused."""
        refused = []
        for number, grads in enumerate(batches):
            try:
                self.optimiser.step(self.params, grads)
            except ValueError:
                refused.append(number)
        return refused
