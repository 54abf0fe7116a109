import numpy as np

from interviewer.expect import close, equal, raises, unchanged

NEAR = {"rtol": 1e-3, "atol": 5e-3}


def _fit(solution, X, y, lr=0.3, n_iter=150):
    model = solution.LinReg(lr, n_iter)
    model.fit(X, y)
    return model


def _data(rng, n=30, units=(1.0, 1.0), base=0.0):
    """Rows, targets and a few new rows; the targets are a plane with a little noise."""
    units = np.array(units)
    weights = rng.choice([-1.0, 1.0], size=len(units)) * rng.uniform(1.0, 3.0, size=len(units))
    rows = rng.normal(size=(n + 5, len(units))) + 2.0
    y = rows @ weights + base + 0.1 * rng.normal(size=n + 5)
    return rows[:n] * units, y[:n], rows[n:] * units


def _least_squares(X, y, new):
    """Predictions of the exact solution, from the centred normal equations in scaled units."""
    unit = np.abs(X).max(axis=0)
    design = np.column_stack([X / unit, np.ones(len(X))])
    theta = np.linalg.solve(design.T @ design, design.T @ y)
    return np.column_stack([new / unit, np.ones(len(new))]) @ theta


def test_straight_line(solution, rng):
    X = np.array([[0.0], [1.0], [2.0], [3.0]])
    model = _fit(solution, X, np.array([2.0, 5.0, 8.0, 11.0]))
    close(model.predict(np.array([[4.0], [-1.0]])), [14.0, -1.0], msg="predictions", **NEAR)


def test_one_number_a_row(solution, rng):
    X, y, new = _data(rng)
    equal(np.shape(_fit(solution, X, y).predict(new)), (5,), msg="shape of the predictions")


def test_default_settings(solution, rng):
    X, y, new = _data(rng)
    model = solution.LinReg()
    model.fit(X, y)
    close(model.predict(new), _least_squares(X, y, new), msg="predictions", **NEAR)


def test_plane_with_noise(solution, rng):
    X, y, new = _data(rng, base=rng.uniform(-5, 5))
    close(_fit(solution, X, y).predict(new), _least_squares(X, y, new), msg="predictions", **NEAR)


def test_mixed_units(solution, rng):
    X, y, new = _data(rng, units=(1.0, 1e4, 1e-2))
    close(_fit(solution, X, y).predict(new), _least_squares(X, y, new), msg="predictions", **NEAR)


def test_targets_moved(solution, rng):
    X, y, new = _data(rng)
    plain = np.asarray(_fit(solution, X, y).predict(new))
    moved = _fit(solution, X, y + 40.0).predict(new)
    close(moved, plain + 40.0, msg="predictions after adding 40 to every target", atol=1e-2, rtol=1e-3)


def test_rows_repeated(solution, rng):
    X, y, new = _data(rng, n=12)
    many = _fit(solution, np.tile(X, (12, 1)), np.tile(y, 12), n_iter=5)
    few = _fit(solution, X, y, n_iter=5)
    close(many.predict(new), few.predict(new), msg="predictions after repeating every row", rtol=1e-6)


def test_column_of_targets(solution, rng):
    X, y, new = _data(rng)
    got = _fit(solution, X, y[:, None]).predict(new)
    equal(np.shape(got), (5,), msg="shape of the predictions")
    close(got, _least_squares(X, y, new), msg="predictions", **NEAR)


def test_rows_alone(solution, rng):
    X, y, new = _data(rng, units=(1.0, 1e3))
    model = _fit(solution, X, y)
    alone = [float(np.ravel(model.predict(row[None, :]))[0]) for row in new]
    close(alone, model.predict(new), msg="rows one by one and all together", rtol=1e-6)


def test_flat_column(solution, rng):
    X, y, new = _data(rng)
    level = float(rng.integers(1, 9))
    wide = np.column_stack([X, np.full(len(X), level)])
    wanted = np.asarray(_fit(solution, X, y).predict(new))
    model = _fit(solution, wide, y)
    for later in (level, level + 3.0):
        got = model.predict(np.column_stack([new, np.full(len(new), later)]))
        close(got, wanted, msg=f"always {level} in training, {later} now", **NEAR)


def test_flat_tenths(solution, rng):
    X, y, new = _data(rng)
    wide = np.column_stack([X, np.full(len(X), 0.1)])
    wanted = np.asarray(_fit(solution, X, y).predict(new))
    got = _fit(solution, wide, y).predict(np.column_stack([new, np.full(len(new), 7.0)]))
    close(got, wanted, msg="always 0.1 in training, 7 now", **NEAR)


def test_single_row(solution, rng):
    X, target = rng.normal(size=(1, 2)), float(rng.uniform(1, 9))
    model = _fit(solution, X, np.array([target]))
    close(model.predict(X), [target], msg="the only row", **NEAR)


def test_not_fitted(solution, rng):
    raises(RuntimeError, solution.LinReg(0.1, 10).predict, rng.normal(size=(2, 2)))


def test_fitted_twice(solution, rng):
    X, y, new = _data(rng)
    model = solution.LinReg(0.1, 4)
    model.fit(rng.normal(size=(20, 2)) * 50.0, rng.normal(size=20) * 9.0)
    model.fit(X, y)
    once = _fit(solution, X, y, lr=0.1, n_iter=4)
    close(model.predict(new), once.predict(new), msg="second fit of one model, first of another", rtol=1e-6)


def test_rounds_matter(solution, rng):
    X, y, new = _data(rng, base=8.0)
    exact = _least_squares(X, y, new)
    far = np.abs(np.asarray(_fit(solution, X, y, lr=0.01, n_iter=2).predict(new)) - exact).max()
    assert far > 1.0, f"two small steps cannot be at the optimum, but are {far:.3g} from it"


def test_whole_numbers(solution, rng):
    X = rng.permuted(np.arange(40).reshape(2, 20), axis=1).T
    y = 3 * X[:, 0] - 2 * X[:, 1] + 7
    new = np.array([[1, 2], [50, 4]])
    got = _fit(solution, X, y).predict(new)
    close(got, 3 * new[:, 0] - 2 * new[:, 1] + 7, msg="predictions", rtol=1e-3, atol=5e-2)


def test_arrays_left_alone(solution, rng):
    X, y, new = _data(rng)
    model = solution.LinReg(0.3, 20)
    unchanged(model.fit, X, y)
    unchanged(model.predict, new)


def test_endless_budget(solution, rng):
    X, y, new = _data(rng)
    model = _fit(solution, X, y, n_iter=10**8)
    close(model.predict(new), _least_squares(X, y, new), msg="predictions", **NEAR)
