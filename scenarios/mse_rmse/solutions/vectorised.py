import numpy as np


def mse_rmse(y_true, y_pred):
    """MSE and RMSE of two equally long sequences."""
    a = np.asarray(y_true, dtype=float)
    b = np.asarray(y_pred, dtype=float)
    if a.size == 0 or a.shape != b.shape:
        raise ValueError("need two sequences of the same length, at least one value")
    mse = np.square(a - b).mean()
    return float(mse), float(mse**0.5)
