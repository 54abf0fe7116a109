import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def fit_and_predict(X, y, train_idx, test_idx, lr=0.1, n_iter=2000):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    train_X, train_y = X[train_idx], y[train_idx]
    mean, std = train_X.mean(axis=0), train_X.std(axis=0, ddof=1)
    varies = train_X.max(axis=0) > train_X.min(axis=0)
    divisor = np.where(varies, std, 1.0)

    def scale(rows):
        return np.where(varies, (rows - mean) / divisor, 0.0)

    Z = scale(train_X)
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_iter):
        err = sigmoid(Z @ w + b) - train_y
        w -= lr * Z.T @ err / len(train_y)
        b -= lr * err.mean()
    prob = sigmoid(scale(X[test_idx]) @ w + b)
    pred = (prob >= 0.5).astype(int)
    return dict(mean=mean, std=std, w=w, b=b, pred=pred)
