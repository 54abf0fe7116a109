import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _data(rng, rows=12, columns=3):
    """Columns of unit size and noisy targets well away from zero."""
    X = rng.normal(size=(rows, columns))
    y = X @ rng.uniform(-2, 2, size=columns) + rng.uniform(2, 4) + 0.3 * rng.normal(size=rows)
    return X, y


def _plain_steps(X, y, lr, n):
    """Gradient descent on the mean squared error, one row at a time."""
    w, b, losses = np.zeros(X.shape[1]), 0.0, []
    for _ in range(n):
        parts = [(x @ w + b - t, x) for x, t in zip(X, y)]
        gw = sum(2 * e * x for e, x in parts) / len(y)
        gb = sum(2 * e for e, _ in parts) / len(y)
        w, b = w - lr * gw, b - lr * gb
        losses.append(sum((x @ w + b - t) ** 2 for x, t in zip(X, y)) / len(y))
    return w, b, losses


def test_two_steps(solution, rng):
    X, y = np.array([[1.0], [3.0]]), np.array([[2.0], [4.0]])
    w, b, losses = solution.train(X, y, 0.1, 1)
    close(np.ravel(w), [1.4], msg="w after one step")
    close(b, 0.6, msg="b after one step")
    w, b, losses = solution.train(X, y, 0.01, 2)
    close([*np.ravel(w), b], [0.2636, 0.1132], msg="w and b after two steps of lr 0.01")


def test_line_found(solution, rng):
    X = np.linspace(-1, 1, 9).reshape(-1, 1)
    w, b, losses = solution.train(X, 3 * X[:, 0] + 1, 0.3, 150)
    close([*np.ravel(w), np.ravel(b)[0]], [3.0, 1.0], atol=1e-3, msg="w and b of the line 3 x + 1")


def test_offset_learnt(solution, rng):
    X, y = _data(rng)
    design = np.column_stack([X, np.ones(len(X))])
    offset = np.linalg.lstsq(design, y, rcond=None)[0][-1]
    _, b, _ = solution.train(X, y, 0.15, 250)
    close(b, offset, rtol=1e-2, atol=1e-2, msg="b after many steps")


def test_column_of_targets(solution, rng):
    X, y = _data(rng)
    w, b, losses = solution.train(X, y.reshape(-1, 1), 0.05, 10)
    close((w, b, losses), _plain_steps(X, y, 0.05, 10), msg="with y as a column")


def test_same_either_way(solution, rng):
    X, y = _data(rng)
    flat = solution.train(X, y, 0.05, 10)
    column = solution.train(X, y.reshape(-1, 1), 0.05, 10)
    close(flat[0], column[0], msg="w with y flat and with y as a column")
    equal(np.shape(flat[0]), (3,), msg="shape of w")


def test_against_plain_steps(solution, rng):
    X, y = _data(rng)
    w, b, _ = solution.train(X, y, 0.05, 10)
    wanted = _plain_steps(X, y, 0.05, 10)
    close(w, wanted[0], msg="w")
    close(b, wanted[1], msg="b")


def test_last_loss(solution, rng):
    X, y = _data(rng)
    w, b, losses = solution.train(X, y, 0.05, 7)
    close(losses[-1], np.mean((X @ np.ravel(w) + b - y) ** 2), msg="last loss against the returned w and b")


def test_falling(solution, rng):
    X, y = _data(rng, rows=20)
    losses = np.asarray(solution.train(X, y, 0.02, 30)[2], dtype=float)
    assert np.all(np.diff(losses) < 0), "the loss rises or stands still while it is far from its best value"
    assert losses[0] < np.mean(y**2), "the first loss is not below the loss of all zeros"


def test_step_count(solution, rng):
    X, y = _data(rng)
    steps = int(rng.integers(3, 9))
    equal(len(solution.train(X, y, 0.05, steps)[2]), steps, msg="number of losses")


def test_same_targets(solution, rng):
    X = rng.normal(size=(10, 2))
    X = np.vstack([X, -X])
    target = float(rng.uniform(3, 9))
    w, b, _ = solution.train(X, np.full(20, target), 0.1, 60)
    close(w, [0.0, 0.0], atol=1e-9, msg="w when all targets are equal and X is balanced")
    close(b, target, rtol=1e-4, msg="b when all targets are equal")


def test_more_rows(solution, rng):
    X, y = _data(rng)
    w, b, losses = solution.train(X, y, 0.05, 10)
    many = solution.train(np.tile(X, (5, 1)), np.tile(y, 5), 0.05, 10)
    close(many[0], w, msg="w when every row comes five times")
    close(many[2], losses, msg="losses when every row comes five times")


def test_no_rows(solution, rng):
    raises(ValueError, solution.train, np.zeros((0, 3)), np.zeros(0))


def test_single_row(solution, rng):
    X, y = rng.uniform(0.5, 1.0, size=(1, 2)), rng.uniform(2, 5, size=1)
    close(solution.train(X, y.reshape(1, 1), 0.05, 8), _plain_steps(X, y, 0.05, 8))


def test_no_steps(solution, rng):
    X, y = _data(rng)
    w, b, losses = solution.train(X, y, 0.05, 0)
    close([*w, b], [0.0] * 4, msg="w and b without a step")
    equal(len(losses), 0, msg="number of losses")


def test_whole_numbers(solution, rng):
    X = rng.integers(-2, 3, size=(8, 2))
    y = rng.integers(1, 9, size=8)
    close(solution.train(X, y, 0.02, 8), _plain_steps(X.astype(float), y.astype(float), 0.02, 8))


def test_arrays_untouched(solution, rng):
    X, y = _data(rng)
    unchanged(solution.train, X, y.reshape(-1, 1), 0.05, 3)


def test_square_data(solution, rng):
    X, y = _data(rng, rows=5, columns=5)
    wanted = _plain_steps(X, y, 0.02, 8)
    close(solution.train(X, y, 0.02, 8), wanted, msg="as many columns as rows, y flat")
    close(solution.train(X, y.reshape(-1, 1), 0.02, 8), wanted, msg="as many columns as rows, y a column")
