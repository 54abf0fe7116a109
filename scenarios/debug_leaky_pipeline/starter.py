import numpy as np


def fit_and_predict(X, y, train_idx, test_idx, lr=0.1, n_iter=2000):
    mean, std = X.mean(axis=0), X.std(axis=0)
    Xs = (X - mean) / std
    Xtr, ytr = Xs[train_idx], y[train_idx]
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_iter):
        p = 1 / (1 + np.exp(-(Xtr @ w + b)))
        err = p - ytr
        w -= lr * Xtr.T @ err / len(ytr)
    pred = ((Xs[test_idx] @ w + b) >= 0.5).astype(int)
    return dict(mean=mean, std=std, w=w, b=b, pred=pred)
