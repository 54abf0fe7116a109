import math


def mse_rmse(y_true, y_pred):
    """Mean squared error of a forecast, and its root."""
    n = len(y_true)
    if n == 0:
        raise ValueError("there is nothing to compare")
    if n != len(y_pred):
        raise ValueError(f"{n} true values and {len(y_pred)} predictions")
    total = 0.0
    for truth, guess in zip(y_true, y_pred):
        error = float(truth) - float(guess)
        total += error * error
    mse = total
    return mse, math.sqrt(mse)
