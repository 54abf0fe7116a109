import numpy as np


def loss_and_grads(params, X, y, l2=0.0):
    """Loss of a two-layer network on a batch and its gradients; returns (loss, grads)."""
