import numpy as np


class Adam:
    def __init__(self, lr=0.001, b1=0.9, b2=0.999, eps=1e-8, wd=0.01):
        self.lr = lr
        self.b1 = b1
        self.b2 = b2
        self.eps = eps
        self.wd = wd
        self.counts = {}
        self.averages = {}

    def step(self, params, grads):
        given = {name: grad for name, grad in grads.items() if grad is not None}
        for name, grad in given.items():
            if not np.isfinite(grad).all():
                return
        for name, grad in given.items():
            self._move(name, params[name], grad)

    def _move(self, name, param, grad):
        if name not in self.counts:
            self.counts[name] = 0
            self.averages[name] = np.zeros(param.shape), np.zeros(param.shape)
        self.counts[name] += 1
        t = self.counts[name]
        first, second = self.averages[name]
        first += (1 - self.b1) * (grad - first)
        second += (1 - self.b2) * (grad**2 - second)
        direction = first / (1 - self.b1**t)
        size = np.sqrt(second / (1 - self.b2**t))
        param -= self.lr * (direction / (size + self.eps) + self.wd * param)


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
