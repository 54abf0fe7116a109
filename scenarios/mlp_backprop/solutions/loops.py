import math

import numpy as np


def loss_and_grads(params, X, y, l2=0.0):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    d, h = W1.shape
    c = W2.shape[1]
    n = len(X)
    grads = {key: np.zeros(np.shape(value)) for key, value in params.items()}
    loss = 0.0
    for i in range(n):
        x = [float(value) for value in X[i]]
        before = [float(b1[j]) + sum(x[k] * float(W1[k, j]) for k in range(d)) for j in range(h)]
        unit = [value if value > 0 else 0.0 for value in before]
        score = [float(b2[m]) + sum(unit[j] * float(W2[j, m]) for j in range(h)) for m in range(c)]
        top = max(score)
        power = [math.exp(s - top) for s in score]
        norm = sum(power)
        loss += (top + math.log(norm) - score[y[i]]) / n
        for m in range(c):
            push = (power[m] / norm - (1.0 if m == y[i] else 0.0)) / n
            grads["b2"][m] += push
            for j in range(h):
                grads["W2"][j, m] += push * unit[j]
                if before[j] > 0:
                    back = push * float(W2[j, m])
                    grads["b1"][j] += back
                    for k in range(d):
                        grads["W1"][k, j] += back * x[k]
    for key in ("W1", "W2"):
        for cell in np.ndindex(grads[key].shape):
            weight = float(params[key][cell])
            loss += l2 * weight * weight / 2
            grads[key][cell] += l2 * weight
    return loss, grads
