import numpy as np


class Slot:
    """Averages of one parameter. `next` works out the state after a gradient without keeping it."""

    def __init__(self, m=0.0, v=0.0, correction1=1.0, correction2=1.0):
        self.m = m
        self.v = v
        self.left1 = correction1  # b1 ** t and b2 ** t
        self.left2 = correction2

    def next(self, grad, b1, b2):
        return Slot(
            b1 * self.m + (1 - b1) * grad,
            b2 * self.v + (1 - b2) * grad * grad,
            self.left1 * b1,
            self.left2 * b2,
        )

    def ratio(self, eps):
        root = np.sqrt(self.v / (1 - self.left2))
        return self.m / (1 - self.left1) / (root + eps)


class Adam:
    def __init__(self, lr=0.001, b1=0.9, b2=0.999, eps=1e-8, wd=0.01):
        self.lr, self.b1, self.b2, self.eps, self.wd = lr, b1, b2, eps, wd
        self.slots = {}

    def step(self, params, grads):
        planned = {}
        for name, array in params.items():
            grad = grads.get(name)
            if grad is None:
                continue
            if np.isnan(grad).any() or np.isinf(grad).any():
                raise ValueError(f"no usable gradient for {name}")
            slot = self.slots.get(name, Slot()).next(grad, self.b1, self.b2)
            planned[name] = slot, array - self.lr * (slot.ratio(self.eps) + self.wd * array)
        for name, (slot, array) in planned.items():
            self.slots[name] = slot
            params[name][...] = array


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
