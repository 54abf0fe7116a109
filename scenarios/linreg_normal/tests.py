import numpy as np

from interviewer.expect import close, equal, raises, unchanged

NEAR = {"rtol": 1e-6, "atol": 1e-7}


def _data(rng, n=20, d=3):
    X = rng.normal(size=(n, d)) + rng.uniform(-3, 3, size=d)
    y = X @ rng.uniform(-2, 2, size=d) + 4.0 + 0.3 * rng.normal(size=n)
    return X, y


def _is_best(X, y, w, b, l2=0.0):
    """No better answer nearby: all slopes of the squared error plus penalty are zero."""
    w = np.asarray(w)
    miss = X @ w + b - y
    close(miss.sum(), 0.0, msg="sum of the residuals", atol=1e-6)
    close(X.T @ miss + l2 * w, np.zeros(len(w)), msg="slopes of the loss", atol=1e-5)


def _is_short(X, w):
    """Of all best weights the shortest are combinations of centred rows."""
    rows = X - X.mean(axis=0)
    mix = np.linalg.lstsq(rows.T, np.asarray(w), rcond=None)[0]
    close(w, rows.T @ mix, msg="weights against the part that has an effect", **NEAR)


def test_straight_line(solution, rng):
    w, b = solution.ols(np.array([[0.0], [1.0], [2.0], [5.0]]), np.array([1.0, 3.0, 5.0, 11.0]))
    close(w, [2.0], msg="w", **NEAR)
    close(b, 1.0, msg="b", **NEAR)


def test_shapes(solution, rng):
    X, y = _data(rng, d=4)
    w, b = solution.ols(X, y)
    equal(np.shape(w), (4,), msg="shape of w")
    equal(np.ndim(b), 0, msg="dimensions of b")


def test_noisy_rows(solution, rng):
    X, y = _data(rng)
    w, b = solution.ols(X, y)
    _is_best(X, y, w, b)


def test_column_twice(solution, rng):
    x = rng.normal(size=12)
    y = 6.0 * x + 1.0
    w, b = solution.ols(np.column_stack([x, x]), y)
    close(w, [3.0, 3.0], msg="weights of two equal columns", **NEAR)
    close(b, 1.0, msg="b", **NEAR)


def test_column_is_a_sum(solution, rng):
    X, y = _data(rng, d=2)
    X = np.column_stack([X, X.sum(axis=1)])
    w, b = solution.ols(X, y)
    _is_best(X, y, w, b)
    _is_short(X, w)


def test_more_columns_than_rows(solution, rng):
    X, y = _data(rng, n=4, d=9)
    w, b = solution.ols(X, y)
    close(X @ np.asarray(w) + b, y, msg="predictions for the rows themselves", **NEAR)
    _is_short(X, w)


def test_one_row(solution, rng):
    X, target = rng.normal(size=(1, 3)), float(rng.uniform(2, 9))
    for l2 in (0.0, 1.0):
        w, b = solution.ols(X, np.array([target]), l2)
        close(w, np.zeros(3), msg=f"w for l2={l2}", atol=1e-9)
        close(b, target, msg=f"b for l2={l2}", **NEAR)


def test_flat_column(solution, rng):
    X, y = _data(rng)
    wide = np.column_stack([X, np.full(len(X), float(rng.integers(1, 9)))])
    for l2 in (0.0, 2.0):
        w, b = solution.ols(wide, y, l2)
        alone, level = solution.ols(X, y, l2)
        close(w, [*alone, 0.0], msg=f"w for l2={l2}", **NEAR)
        close(b, level, msg=f"b for l2={l2}", **NEAR)


def test_penalty(solution, rng):
    X, y = _data(rng)
    l2 = float(rng.uniform(0.5, 8.0))
    w, b = solution.ols(X, y, l2)
    _is_best(X, y, w, b, l2)


def test_two_rows_by_hand(solution, rng):
    # Centred: x is -1, 1 and y is -3, 3. The slope is 6 / (2 + l2).
    shift = float(rng.integers(-4, 5))
    w, b = solution.ols(np.array([[-1.0], [1.0]]) + shift, np.array([2.0, 8.0]), 1.0)
    close(w, [2.0], msg="w for l2=1", **NEAR)
    close(b, 5.0 - 2.0 * shift, msg="b for l2=1", **NEAR)


def test_targets_moved(solution, rng):
    X, y = _data(rng)
    w, b = solution.ols(X, y, 5.0)
    moved, level = solution.ols(X, y + 100.0, 5.0)
    close(moved, w, msg="w after adding 100 to y", **NEAR)
    close(level, b + 100.0, msg="b after adding 100 to y", **NEAR)


def test_column_moved(solution, rng):
    X, y = _data(rng)
    w, b = solution.ols(X, y, 5.0)
    moved, level = solution.ols(X + [0.0, 30.0, 0.0], y, 5.0)
    close(moved, w, msg="w after adding 30 to a column", **NEAR)
    close(level, b - 30.0 * np.asarray(w)[1], msg="b after adding 30 to a column", rtol=1e-6, atol=1e-6)


def test_huge_penalty(solution, rng):
    X, y = _data(rng)
    w, b = solution.ols(X, y, 1e12)
    close(w, np.zeros(3), msg="w for l2=1e12", atol=1e-6)
    close(b, y.mean(), msg="b for l2=1e12", rtol=1e-5)


def test_penalty_with_copies(solution, rng):
    X, y = _data(rng, d=2)
    X = np.column_stack([X, X[:, 0]])
    w, b = solution.ols(X, y, 0.7)
    _is_best(X, y, w, b, 0.7)


def test_negative_penalty(solution, rng):
    X, y = _data(rng)
    raises(ValueError, solution.ols, X, y, -1.0)


def test_mixed_units(solution, rng):
    X, y = _data(rng)
    w, b = solution.ols(X, y)
    units = np.array([1e-3, 1.0, 1e3])
    other, level = solution.ols(X * units, y)
    close(np.asarray(other) * units, w, msg="weights in the old units", **NEAR)
    close(level, b, msg="b", **NEAR)


def test_whole_numbers(solution, rng):
    X = rng.permuted(np.arange(24).reshape(2, 12), axis=1).T
    w, b = solution.ols(X, 3 * X[:, 0] - 2 * X[:, 1] + 7)
    close(w, [3.0, -2.0], msg="w", **NEAR)
    close(b, 7.0, msg="b", rtol=1e-6, atol=1e-6)


def test_input_untouched(solution, rng):
    X, y = _data(rng)
    unchanged(solution.ols, X, y, 0.5)
    unchanged(solution.ols, X, y)


def test_nearly_copies(solution, rng):
    x = rng.normal(size=15)
    X = np.column_stack([x, x + 1e-6 * rng.normal(size=15)])
    w, b = solution.ols(X, X @ [1.0, 2.0] + 3.0)
    close(w, [1.0, 2.0], msg="weights of two nearly equal columns", rtol=1e-6)
    close(b, 3.0, msg="b", rtol=1e-6)
