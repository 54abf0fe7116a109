import math

import numpy as np


class Memory:
    """What is kept for one name: how many steps, and two numbers for each entry of the array."""

    def __init__(self, size):
        self.t = 0
        self.m = [0.0] * size
        self.v = [0.0] * size


class Adam:
    def __init__(self, lr=0.001, b1=0.9, b2=0.999, eps=1e-8, wd=0.01):
        self.lr, self.b1, self.b2, self.eps, self.wd = lr, b1, b2, eps, wd
        self.memory = {}

    def step(self, params, grads):
        numbers = {}
        for name in params:
            if grads.get(name) is None:
                continue
            numbers[name] = [float(x) for x in np.asarray(grads[name]).flat]
            if not all(math.isfinite(x) for x in numbers[name]):
                raise ValueError("broken gradient: " + str(name))

        for name, g in numbers.items():
            if name not in self.memory:
                self.memory[name] = Memory(len(g))
            kept = self.memory[name]
            kept.t += 1
            entries = params[name].flat
            for i in range(len(g)):
                kept.m[i] = self.b1 * kept.m[i] + (1 - self.b1) * g[i]
                kept.v[i] = self.b2 * kept.v[i] + (1 - self.b2) * g[i] * g[i]
                m_hat = kept.m[i] / (1 - math.pow(self.b1, kept.t))
                v_hat = kept.v[i] / (1 - math.pow(self.b2, kept.t))
                old = entries[i]
                entries[i] = old - self.lr * m_hat / (math.sqrt(v_hat) + self.eps) - self.lr * self.wd * old


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
