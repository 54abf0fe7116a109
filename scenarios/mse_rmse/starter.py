def mse_rmse(y_true, y_pred):
    """Mean squared error of a forecast, and its root."""
