import numpy as np


class Adam:
    """Moves parameters by their gradients."""

    def __init__(self, lr=0.001, b1=0.9, b2=0.999, eps=1e-8, wd=0.01):
        """Keeps the settings."""

    def step(self, params, grads):
        """One step for one batch of gradients."""


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
