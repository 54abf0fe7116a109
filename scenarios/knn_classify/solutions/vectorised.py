import numpy as np


def knn_predict(X_train, y_train, X, k):
    T, Q = np.array(X_train, float), np.array(X, float)
    if Q.shape == (0,):
        return np.array([])
    if T.ndim != 2 or Q.ndim != 2:
        raise ValueError("need two-dimensional input")
    if k <= 0 or k > T.shape[0]:
        raise ValueError("k does not fit the training rows")
    used = np.ptp(T, axis=0) > 0
    mu, sd = T[:, used].mean(0), T[:, used].std(0)
    T, Q = (T[:, used] - mu) / sd, (Q[:, used] - mu) / sd
    d2 = np.maximum((Q**2).sum(1)[:, None] - 2 * Q @ T.T + (T**2).sum(1), 0)
    near = np.argsort(d2, axis=1, kind="stable")[:, :k]
    # Labels become numbers first, so that they can be of any type.
    number = {}
    code = np.array([number.setdefault(label, len(number)) for label in y_train])
    names = list(number)
    result = []
    for picks in code[near]:
        count = np.bincount(picks, minlength=len(names))
        result.append(names[picks[np.argmax(count[picks])]])
    return result
