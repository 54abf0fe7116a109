import math

import numpy as np

from interviewer.expect import close, equal, raises, unchanged

NEAR = {"rtol": 1e-6, "atol": 1e-7}


def _fit(solution, X, y, eps=1e-9):
    model = solution.GNB(eps)
    model.fit(X, y)
    return model


def _data(rng, n=24, d=3, labels=(0, 1, 2)):
    y = np.array(list(labels) * 2 + rng.choice(labels, size=n - 2 * len(labels)).tolist())
    X = (
        rng.normal(size=(n, d)) * rng.uniform(0.5, 3.0, size=d)
        + 0.8 * np.searchsorted(sorted(labels), y)[:, None]
    )
    return X, y, rng.normal(size=(6, d)) * 2


def _wanted(X, y, new, eps=1e-9):
    """Number by number: log of share and densities, each measured against the likeliest class."""
    spread = ((X - X.mean(axis=0)) ** 2).mean(axis=0).max()
    kinds = []
    for label in sorted(set(y.tolist())):
        mine = X[y == label]
        means = mine.sum(axis=0) / len(mine)
        variances = ((mine - means) ** 2).sum(axis=0) / len(mine) + eps * spread
        kinds.append((math.log(len(mine)) - math.log(len(y)), means.tolist(), variances.tolist()))
    table = []
    for row in new.tolist():
        joint = []
        for score, means, variances in kinds:
            for value, mean, variance in zip(row, means, variances):
                score -= math.log(math.sqrt(2 * math.pi * variance)) + (value - mean) ** 2 / (2 * variance)
            joint.append(score)
        best = max(joint)
        joint = [score - best for score in joint]
        table.append([score - math.log(math.fsum(map(math.exp, joint))) for score in joint])
    return table


def test_two_kinds(solution, rng):
    X = np.array([[1.0, 1.0], [2.0, 1.0], [1.0, 2.0], [8.0, 9.0], [9.0, 8.0], [9.0, 9.0]])
    model = _fit(solution, X, np.array([4, 4, 4, 6, 6, 6]))
    equal(model.predict(np.array([[1.5, 1.5], [8.0, 8.0]])), [4, 6], msg="kinds of two stones")


def test_sums_to_one(solution, rng):
    X, y, new = _data(rng)
    got = np.asarray(_fit(solution, X, y).predict_log_proba(new))
    equal(got.shape, (6, 3), msg="shape of the log probabilities")
    close(np.exp(got).sum(axis=1), np.ones(6), msg="sum of the probabilities of a row")


def test_one_reading(solution, rng):
    # Kind 0 has mean 1 and variance 1, kind 1 mean 6 and variance 4; two rows of each.
    model = _fit(solution, np.array([[0.0], [2.0], [4.0], [8.0]]), np.array([0, 0, 1, 1]), eps=0.0)
    first = math.exp(-(2.0**2) / 2) / 1.0
    second = math.exp(-(3.0**2) / 8) / 2.0
    wanted = [math.log(first / (first + second)), math.log(second / (first + second))]
    close(model.predict_log_proba(np.array([[3.0]])), [wanted], msg="log probabilities of a reading of 3")


def test_random_rows(solution, rng):
    X, y, new = _data(rng)
    got = _fit(solution, X, y).predict_log_proba(new)
    close(got, _wanted(X, y, new), msg="log probabilities", **NEAR)


def test_labels_of_columns(solution, rng):
    X, y, new = _data(rng, labels=(7, -2, 30))
    model = _fit(solution, X, y)
    close(model.predict_log_proba(new), _wanted(X, y, new), msg="columns for -2, 7 and 30", **NEAR)
    best = np.argmax(_wanted(X, y, new), axis=1)
    equal(model.predict(new), np.array([-2, 7, 30])[best], msg="labels")


def test_rare_kind(solution, rng):
    X = np.concatenate([rng.normal(size=(18, 1)), rng.normal(size=(2, 1))])
    X[18:] = [[-1.0], [1.0]]
    y = np.repeat([0, 1], [18, 2])
    new = rng.normal(size=(4, 1))
    got = _fit(solution, X, y).predict_log_proba(new)
    close(got, _wanted(X, y, new), msg="log probabilities of a frequent and a rare kind", **NEAR)


def test_rows_alone(solution, rng):
    X, y, new = _data(rng)
    model = _fit(solution, X, y)
    predict = model.predict_log_proba
    alone = [np.asarray(predict(row[None, :]))[0] for row in new[:3]]
    close(alone, np.asarray(predict(new))[:3], msg="rows one by one and all together")


def test_smoothing(solution, rng):
    X, y, new = _data(rng)
    got = _fit(solution, X, y, eps=0.2).predict_log_proba(new)
    close(got, _wanted(X, y, new, eps=0.2), msg="log probabilities for eps=0.2", **NEAR)


def test_flat_within_kind(solution, rng):
    X, y, new = _data(rng, labels=(0, 1))
    X[y == 1, 0] = 2.0
    new[:, 0] = 2.0 + rng.normal(size=6) * 1e-5
    got = _fit(solution, X, y).predict_log_proba(new)
    close(got, _wanted(X, y, new), msg="one reading never changes within kind 1", rtol=1e-5, atol=1e-5)


def test_flat_everywhere(solution, rng):
    X, y, new = _data(rng)
    level = float(rng.integers(1, 9))
    wide = np.column_stack([X, np.full(len(X), level)])
    got = _fit(solution, wide, y).predict_log_proba(np.column_stack([new, np.full(6, level)]))
    close(got, _wanted(X, y, new), msg="a reading that never changes has no say", **NEAR)


def test_nothing_varies(solution, rng):
    X = np.full((5, 2), float(rng.integers(1, 9)))
    got = _fit(solution, X, np.array([0, 0, 0, 1, 1])).predict_log_proba(X[:1])
    close(got, [[math.log(0.6), math.log(0.4)]], msg="all rows equal: the shares decide")


def test_single_row_of_a_kind(solution, rng):
    X, y, new = _data(rng, labels=(0, 1))
    X, y = np.vstack([X, [[1.0, 2.0, 3.0]]]), np.append(y, 5)
    model = _fit(solution, X, y)
    rows = np.vstack([new, X[-1:]])
    close(model.predict_log_proba(rows), _wanted(X, y, rows), msg="kind 5 has one row", rtol=1e-5, atol=1e-6)
    equal(int(np.ravel(model.predict(X[-1:]))[0]), 5, msg="the row itself")


def test_other_units(solution, rng):
    X, y, new = _data(rng, labels=(0, 1))
    X[y == 0, 1] = 0.5
    new[:, 1] = 0.5
    plain = _fit(solution, X, y).predict_log_proba(new)
    got = _fit(solution, X * 1024.0, y).predict_log_proba(new * 1024.0)
    close(got, np.asarray(plain), msg="all readings in units 1024 times smaller", rtol=1e-5, atol=1e-6)


def test_five_hundred_readings(solution, rng):
    y = np.array([0, 1] * 6)
    X = rng.normal(size=(12, 500)) + 0.1 * y[:, None]
    new = rng.normal(size=(1, 500))
    got = _fit(solution, X, y, eps=0.05).predict_log_proba(new)
    close(got, _wanted(X, y, new, eps=0.05), msg="log probabilities for 500 readings", **NEAR)


def test_far_stone(solution, rng):
    X, y, _ = _data(rng, labels=(0, 1))
    far = np.array([[1e5, 0.0, 0.0], [-1e5, 1e5, 3.0]])
    got = np.asarray(_fit(solution, X, y).predict_log_proba(far))
    assert np.isfinite(got).all(), f"log probabilities are not finite: {got}"
    close(got, _wanted(X, y, far), msg="log probabilities far out", rtol=1e-6)


def test_one_kind_only(solution, rng):
    model = _fit(solution, rng.normal(size=(5, 2)), np.full(5, 3))
    new = rng.normal(size=(2, 2))
    close(model.predict_log_proba(new), [[0.0], [0.0]], msg="log probabilities of the only kind")
    equal(model.predict(new), [3, 3], msg="labels")


def test_whole_numbers(solution, rng):
    X, y = rng.integers(0, 9, size=(20, 2)), np.array([0, 1] * 10)
    X[:2], X[2:4] = [[0, 1]], [[8, 5]]
    new = rng.integers(0, 9, size=(3, 2))
    got = _fit(solution, X, y).predict_log_proba(new)
    close(got, _wanted(X.astype(float), y, new), msg="log probabilities", **NEAR)


def test_input_untouched(solution, rng):
    X, y, new = _data(rng)
    model = solution.GNB(1e-9)
    unchanged(model.fit, X, y)
    unchanged(model.predict_log_proba, new)


def test_not_fitted(solution, rng):
    X, model = rng.normal(size=(2, 2)), solution.GNB(1e-9)
    raises(RuntimeError, model.predict_log_proba, X)
    raises(RuntimeError, model.predict, X)


def test_fitted_twice(solution, rng):
    X, y, new = _data(rng)
    model = _fit(solution, X - 4.0, y + 10)
    model.fit(X, y)
    close(model.predict_log_proba(new), _wanted(X, y, new), msg="log probabilities of the second fit", **NEAR)


def test_far_from_zero(solution, rng):
    X, y, new = _data(rng)
    got = _fit(solution, X + 1e7, y).predict_log_proba(new + 1e7)
    close(got, _wanted(X, y, new), msg="all readings moved by ten million", rtol=1e-4, atol=1e-4)
