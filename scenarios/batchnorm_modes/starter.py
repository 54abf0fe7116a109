import numpy as np


class BN:
    """Batch norm over d columns; gamma, beta, running_mean and running_var are attributes."""

    def __init__(self, d, momentum, eps):
        self.momentum = momentum
        self.eps = eps

    def forward(self, X, training):
        """Returns the normalised rows."""
