import math


def mse_rmse(y_true, y_pred):
    """Mean squared error of a forecast, and its root."""
    n = len(y_true)
    if n == 0:
        raise ValueError("there is nothing to compare")
    if n != len(y_pred):
        raise ValueError(f"{n} true values and {len(y_pred)} predictions")
    for i in range(n):
        y_pred[i] = (float(y_true[i]) - float(y_pred[i])) ** 2
    mse = sum(y_pred) / n
    return mse, math.sqrt(mse)
