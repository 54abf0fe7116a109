import numpy as np


def log_softmax(rows):
    shifted = rows - rows.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_ce(logits, labels, class_weight=None, ignore_index=-1):
    logits = np.asarray(logits, dtype=float)
    labels = np.asarray(labels)
    n_classes = logits.shape[1]
    counts = labels != ignore_index
    tags = labels[counts]
    if ((tags < 0) | (tags >= n_classes)).any():
        raise ValueError(f"a label is outside 0..{n_classes - 1}")
    weights = np.ones(n_classes) if class_weight is None else np.asarray(class_weight, dtype=float)
    row_weight = weights[tags]
    total = row_weight.sum()
    grad = np.zeros(logits.shape)
    if total == 0:
        return 0.0, grad
    log_p = log_softmax(logits[counts])
    rows = np.arange(len(tags))
    loss = -(row_weight * log_p[rows, tags]).sum() / total
    row_grad = np.exp(log_p)
    row_grad[rows, tags] -= 1.0
    grad[counts] = -row_grad * (row_weight / total)[:, None]
    return float(loss), grad
