import numpy as np

from interviewer.expect import close, equal, raises, unchanged

NEAR = {"rtol": 1e-6, "atol": 1e-8}


def _fit(solution, X, y, lr=0.5, n_iter=12, l2=0.0):
    model = solution.LogReg(lr, n_iter, l2)
    model.fit(X, y)
    return model


def _data(rng, n=30, threshold=0.3):
    """Noisy labels, both of them, and a few new rows."""
    X = rng.normal(size=(n + 6, 2)) + [0.5, -0.2]
    y = (X @ [1.0, -1.5] + rng.normal(size=n + 6) > threshold).astype(int)
    y[:2] = 0, 1
    return X[:n], y[:n], X[n:]


def _descent(X, y, new, lr=0.5, n_iter=12, l2=0.0):
    """Probabilities for the new rows after n_iter rounds, by one vector of parameters and tanh."""
    design = np.column_stack([X, np.ones(len(X))])
    shrunk = np.array([1.0] * X.shape[1] + [0.0])
    theta = np.zeros(len(shrunk))
    for _ in range(n_iter):
        p = 0.5 + 0.5 * np.tanh(0.5 * (design @ theta))
        theta -= lr * ((p - y) @ design / len(y) + l2 * shrunk * theta)
    return 0.5 + 0.5 * np.tanh(0.5 * (new @ theta[:-1] + theta[-1]))


def test_two_groups(solution, rng):
    X = np.array([[-3.0], [-2.0], [-1.0], [1.0], [2.0], [3.0]])
    model = _fit(solution, X, np.array([0, 0, 0, 1, 1, 1]), n_iter=25)
    equal(model.predict(np.array([[-2.5], [2.5]])), [0, 1], msg="labels at -2.5 and 2.5")


def test_one_probability_a_row(solution, rng):
    X, y, new = _data(rng)
    p = np.asarray(_fit(solution, X, y).predict_proba(new))
    equal(p.shape, (6,), msg="shape of the probabilities")
    assert ((p > 0) & (p < 1)).all(), f"probabilities lie between 0 and 1, got {p}"


def test_one_round(solution, rng):
    X, y = np.array([[2.0], [4.0], [6.0], [8.0]]), np.array([0, 0, 1, 1])
    model = _fit(solution, X, y, lr=0.1, n_iter=1)
    close(model.predict_proba(np.array([[10.0]])), [1 / (1 + np.exp(-1.0))], msg="probability at 10")


def test_many_rounds(solution, rng):
    X, y, new = _data(rng)
    got = _fit(solution, X, y, n_iter=30).predict_proba(new)
    close(got, _descent(X, y, new, n_iter=30), msg="probabilities", **NEAR)


def test_labels_fit_probabilities(solution, rng):
    X, y, _ = _data(rng)
    model = _fit(solution, X, y, n_iter=40)
    grid = rng.normal(size=(60, 2))
    wanted = (np.asarray(model.predict_proba(grid)) > 0.5).astype(int)
    got = np.asarray(model.predict(grid))
    equal(got, wanted, msg="labels against the probabilities")
    assert got.dtype.kind in "iu", f"labels are whole numbers, got {got.dtype}"


def test_totals_agree(solution, rng):
    X, y = rng.normal(size=(30, 2)), rng.permutation([1] * 7 + [0] * 23)
    model = _fit(solution, X, y, lr=1.0, n_iter=80)
    close(np.sum(model.predict_proba(X)), y.sum(), msg="sum of the probabilities, positives", atol=0.1)


def test_exactly_half(solution, rng):
    y = rng.permutation([0, 1] * 4)
    model = _fit(solution, np.zeros((8, 2)), y)
    new = rng.normal(size=(3, 2))
    close(model.predict_proba(new), [0.5] * 3, msg="probabilities")
    equal(model.predict(new), [1, 1, 1], msg="labels at a probability of one half")


def test_penalty(solution, rng):
    X, y, new = _data(rng, threshold=-1.5)
    got = _fit(solution, X, y, l2=0.4).predict_proba(new)
    close(got, _descent(X, y, new, l2=0.4), msg="probabilities with l2=0.4", **NEAR)


def test_penalty_leaves_base_rate(solution, rng):
    X = rng.normal(size=(20, 2)) * 0.1
    y = rng.permutation([1] * 15 + [0] * 5)
    model = _fit(solution, X, y, lr=0.5, n_iter=80, l2=3.0)
    close(np.mean(model.predict_proba(X)), 0.75, msg="mean probability under a strong penalty", atol=0.01)


def test_rows_repeated(solution, rng):
    X, y, new = _data(rng, n=12)
    few = _fit(solution, X, y, l2=0.5)
    many = _fit(solution, np.tile(X, (10, 1)), np.tile(y, 10), l2=0.5)
    close(many.predict_proba(new), few.predict_proba(new), msg="probabilities, every row ten times", **NEAR)


def test_far_rows(solution, rng):
    X = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    model = _fit(solution, X, np.array([0, 0, 1, 1]), n_iter=30)
    side = rng.permutation([1.0, -1.0] * 4)
    far = (side * rng.uniform(1e3, 1e6, size=8))[:, None]
    close(model.predict_proba(far), (side > 0).astype(float), msg="probabilities far out")
    equal(model.predict(far), (side > 0).astype(int), msg="labels far out")


def test_separable(solution, rng):
    X = np.concatenate([rng.uniform(-9, -1, size=(10, 1)), rng.uniform(1, 9, size=(10, 1))])
    y = np.repeat([0, 1], 10)
    model = _fit(solution, X, y, lr=20.0, n_iter=25)
    p = np.asarray(model.predict_proba(X))
    assert np.isfinite(p).all(), f"probabilities are not finite: {p}"
    equal(model.predict(X), y, msg="labels")


def test_bad_labels(solution, rng):
    X, fit = rng.normal(size=(6, 2)), solution.LogReg(0.5, 12, 0.0).fit
    for y in ([-1, 1] * 3, [0, 1, 2] * 2, [1, 2] * 3, [0.5, 1.0] * 3):
        raises(ValueError, fit, X, np.array(y))


def test_one_class(solution, rng):
    X, fit = rng.normal(size=(5, 2)), solution.LogReg(0.5, 12, 0.0).fit
    for label in (0, 1):
        raises(ValueError, fit, X, np.full(5, label))


def test_flat_column(solution, rng):
    X, y, new = _data(rng)
    X, new = (np.column_stack([part, np.full(len(part), 2.0)]) for part in (X, new))
    got = _fit(solution, X, y).predict_proba(new)
    close(got, _descent(X, y, new), msg="probabilities with a column of twos", **NEAR)


def test_plain_lists(solution, rng):
    X, y, new = _data(rng)
    model = _fit(solution, X.tolist(), y.tolist())
    close(model.predict_proba(new.tolist()), _descent(X, y, new), msg="probabilities", **NEAR)
    equal(np.shape(model.predict(new.tolist())), (6,), msg="shape of the labels")


def test_column_of_labels(solution, rng):
    X, y, new = _data(rng)
    got = _fit(solution, X, y[:, None]).predict_proba(new)
    close(got, _descent(X, y, new), msg="probabilities", **NEAR)


def test_input_untouched(solution, rng):
    X, y, new = _data(rng)
    model = solution.LogReg(0.1, 5, 0.1)
    unchanged(model.fit, X, y.astype(float))
    unchanged(model.predict_proba, new)


def test_not_fitted(solution, rng):
    X, model = rng.normal(size=(3, 2)), solution.LogReg(0.1, 5, 0.0)
    raises(RuntimeError, model.predict_proba, X)
    raises(RuntimeError, model.predict, X)


def test_fitted_twice(solution, rng):
    X, y, new = _data(rng)
    model = _fit(solution, X, y)
    model.fit(X, 1 - y)
    close(model.predict_proba(new), _descent(X, 1 - y, new), msg="probabilities of the second fit", **NEAR)


def test_huge_logits_in_training(solution, rng):
    X = rng.choice([-1.0, 1.0], size=(40, 2)) * rng.uniform(1e3, 3e3, size=(40, 2))
    y = (X[:, 0] > 0).astype(int)
    y[:6] = 1 - y[:6]
    new = X[10:] * 1.5
    got = _fit(solution, X, y, lr=0.1, n_iter=8).predict_proba(new)
    close(got, _descent(X, y, new, lr=0.1, n_iter=8), msg="probabilities", atol=1e-6)
