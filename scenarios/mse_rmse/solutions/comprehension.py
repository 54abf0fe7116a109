def squares(pairs):
    return [(float(t) - float(p)) ** 2 for t, p in pairs]


def check(y_true, y_pred):
    if len(y_true) != len(y_pred):
        raise ValueError("the lengths differ")
    if len(y_true) < 1:
        raise ValueError("no values")


def mse_rmse(y_true, y_pred):
    check(y_true, y_pred)
    mse = sum(squares(zip(y_true, y_pred))) / len(y_true)
    return [mse, mse**0.5]
