import numpy as np


def loss_and_grads(params, X, y, l2=0.0):
    W1, b1, W2, b2 = (np.asarray(params[key], dtype=float) for key in ("W1", "b1", "W2", "b2"))
    X = np.asarray(X, dtype=float)
    rows = np.arange(len(X))
    n = len(X)

    z1 = X @ W1 + b1  # (n, h)
    hidden = np.maximum(z1, 0.0)  # (n, h)
    logits = hidden @ W2 + b2  # (n, c)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())

    dlogits = np.exp(log_p)
    dlogits[rows, y] -= 1.0
    dlogits /= n
    dz1 = dlogits @ W2.T
    dz1[z1 <= 0] = 0.0
    grads = {
        "W1": X.T @ dz1 + l2 * W1,
        "b1": dz1.sum(axis=0),
        "W2": hidden.T @ dlogits + l2 * W2,
        "b2": dlogits.sum(axis=0),
    }
    return float(loss), grads
