import numpy as np

from interviewer.expect import close, equal, unchanged

TRAIN, TEST = np.arange(60), np.arange(60, 80)


def _data(rng, shift=0.0):
    """Three columns of different units, about one positive in four, the last 20 rows moved by `shift`."""
    X = rng.normal(size=(80, 3)) * [1.0, 10.0, 0.1] + [5.0, 0.0, 2.0]
    score = X[:, 0] - 5.0 + X[:, 1] / 10.0 + 0.4 * rng.normal(size=80)
    y = (score > 0.8).astype(int)
    y[:3], y[3:6] = 0, 1
    X[60:] += shift
    return X, y


def _scaled(X, rows):
    """All rows in units of the given rows; columns without spread there are zero."""
    spread = rows.max(axis=0) > rows.min(axis=0)
    return np.where(spread, (X - rows.mean(axis=0)) / np.where(spread, rows.std(axis=0), 1.0), 0.0)


def _fitted(Z, y, lr, n_iter):
    """Gradient descent on the mean log loss, one column of ones for the intercept."""
    D = np.hstack([Z, np.ones((len(Z), 1))])
    theta = np.zeros(D.shape[1])
    for _ in range(n_iter):
        theta -= lr * (D * (1 / (1 + np.exp(-D @ theta)) - y)[:, None]).mean(axis=0)
    return theta[:-1], theta[-1]


def _fit(solution, X, y, train=TRAIN, test=TEST, n_iter=40):
    return solution.fit_and_predict(X, y, train, test, lr=0.3, n_iter=n_iter)


def test_two_groups(solution, rng):
    y = np.arange(80) % 4 == 0
    X = rng.uniform(-1, 1, size=(80, 2)) + np.where(y, 6.0, 0.0)[:, None]
    equal(_fit(solution, X, y.astype(int))["pred"], y[TEST].astype(int), msg="pred")


def test_statistics(solution, rng):
    X, y = _data(rng, shift=50.0)
    got = _fit(solution, X, y)
    close(got["mean"], X[TRAIN].mean(axis=0), msg="mean")
    close(got["std"], X[TRAIN].std(axis=0), msg="std")


def test_fitted_weights(solution, rng):
    X, y = _data(rng)
    got = solution.fit_and_predict(X, y, TRAIN, TEST, 0.5, 30)
    w, b = _fitted(_scaled(X, X[TRAIN])[TRAIN], y[TRAIN], lr=0.5, n_iter=30)
    close(got["w"], w, rtol=1e-6, atol=1e-8, msg="w")
    close(got["b"], b, rtol=1e-6, atol=1e-8, msg="b")


def test_many_positives(solution, rng):
    X, y = rng.normal(size=(80, 1)), np.ones(80, dtype=int)
    y[rng.choice(60, size=6, replace=False)] = 0
    b = _fit(solution, X, y)["b"]
    assert b > 1, f"nine rows in ten are positive, so b should be well above 0; got {b}"


def test_other_test_rows(solution, rng):
    X, y = _data(rng)
    first = _fit(solution, X, y)
    X[TEST] *= 7
    y[TEST] = 1 - y[TEST]
    second = _fit(solution, X, y)
    close(second["w"], first["w"], msg="w after the test rows changed")
    close(second["b"], first["b"], msg="b after the test rows changed")


def test_row_by_row(solution, rng):
    X, y = _data(rng, shift=float(rng.uniform(-1, 1)))
    X[60:64, :2] = [[8.0, 20.0], [2.0, -20.0], [7.5, 25.0], [1.0, -15.0]]
    together = np.asarray(_fit(solution, X, y, n_iter=20)["pred"]).tolist()
    alone = [int(_fit(solution, X, y, test=np.array([row]), n_iter=20)["pred"][0]) for row in TEST[:4]]
    equal(alone, together[:4], msg="each test row alone, and all together")


def test_borderline_rows(solution, rng):
    X = rng.normal(size=(150, 1))
    y = (rng.random(150) < 1 / (1 + np.exp(-(0.8 * X[:, 0] + 0.25)))).astype(int)
    rows = np.arange(150)
    got = _fit(solution, X, y, rows, rows)
    z = _scaled(X, X) @ np.asarray(got["w"]) + got["b"]
    clear = np.abs(z) > 0.01
    equal(
        np.asarray(got["pred"])[clear], (z > 0).astype(int)[clear], msg="pred against the sign of the logit"
    )


def test_constant_column(solution, rng):
    X, y = _data(rng)
    wide = np.column_stack([X, np.full(80, float(rng.integers(1, 9)))])
    wide[TEST[0], 3] += 6.0
    plain, got = _fit(solution, X, y), _fit(solution, wide, y)
    close(got["w"], [*plain["w"], 0.0], msg="w")
    equal(got["pred"], plain["pred"], msg="pred with and without the column")


def test_constant_tenths(solution, rng):
    X, y = _data(rng)
    wide = np.column_stack([X, np.full(80, 0.1)])
    wide[TEST, 3] = rng.choice([-1e6, 1e6], size=20)
    plain, got = _fit(solution, X, y), _fit(solution, wide, y)
    close(got["w"], [*plain["w"], 0.0], msg="w")
    equal(got["pred"], plain["pred"], msg="pred with and without the column")


def test_exactly_half(solution, rng):
    X = np.array([[1.0], [1.0], [-1.0], [-1.0]]) * 2.0 ** rng.integers(0, 4)
    rows = np.arange(4)
    equal(_fit(solution, X, np.array([1, 0, 1, 0]), rows, rows)["pred"], [1, 1, 1, 1], msg="pred")


def test_far_rows(solution, rng):
    X = np.tile([[-2.0], [-1.0], [1.0], [2.0]], (20, 1)) + rng.uniform(-0.2, 0.2, size=(80, 1))
    y = (X[:, 0] > 0).astype(int)
    wanted = rng.permutation([0, 1] * 10)
    X[TEST, 0] = np.where(wanted, 1.0, -1.0) * rng.uniform(1e5, 1e7, size=20)
    y[TEST] = 1 - wanted
    equal(_fit(solution, X, y)["pred"], wanted, msg="pred")


def test_units(solution, rng):
    X, y = _data(rng)
    plain = _fit(solution, X, y)
    got = _fit(solution, X * [1e-12, 1e6, 1.0], y)
    close(got["w"], plain["w"], rtol=1e-5, msg="w in other units")
    equal(got["pred"], plain["pred"], msg="pred in other units")


def test_more_rows(solution, rng):
    X, y = _data(rng)
    plain = _fit(solution, X, y, n_iter=25)
    X, y = np.tile(X[TRAIN], (10, 1)), np.tile(y[TRAIN], 10)
    many = _fit(solution, X, y, np.arange(600), np.arange(5), n_iter=25)
    close(many["w"], plain["w"], rtol=1e-6, atol=1e-9, msg="w when every row comes ten times")


def test_whole_numbers(solution, rng):
    X = np.array([[0], [1], [10], [11]]) + int(rng.integers(-5, 6))
    rows = np.arange(4)
    equal(_fit(solution, X, np.array([0, 0, 1, 1]), rows, rows)["pred"], [0, 0, 1, 1], msg="pred")


def test_arguments_untouched(solution, rng):
    unchanged(solution.fit_and_predict, *_data(rng), TRAIN, TEST, n_iter=20)
