import math

import numpy as np

from interviewer.expect import close, equal, raises, unchanged

LOOSE = {"rtol": 1e-6, "atol": 1e-6}


def _expected(X, y, new, eps=1e-9):
    """Log probabilities one row, class and column at a time."""
    floor = eps * max(np.var(X, axis=0))
    known = []
    for label in sorted(set(y.tolist())):
        mine = X[y == label]
        means = mine.sum(axis=0) / len(mine)
        variances = ((mine - means) ** 2).sum(axis=0) / len(mine) + floor
        known.append((len(mine) / len(X), means.tolist(), variances.tolist()))
    result = []
    for row in new.tolist():
        joint = []
        for share, means, variances in known:
            total = math.log(share)
            for value, mean, variance in zip(row, means, variances):
                total -= math.log(math.sqrt(2 * math.pi * variance)) + (value - mean) ** 2 / (2 * variance)
            joint.append(total)
        top = max(joint)
        norm = top + math.log(sum(math.exp(v - top) for v in joint))
        result.append([v - norm for v in joint])
    return np.array(result)


def _groups(rng, n=24, d=3, classes=(0, 1, 2), apart=2.0):
    """Overlapping groups of unequal size, columns of unequal spread, rows mixed."""
    y = np.array(classes)[np.minimum(rng.permutation(n) % 5, len(classes) - 1)]
    centre = {c: rng.normal(size=d) * apart for c in classes}
    spread = {c: rng.uniform(0.5, 2.0, size=d) for c in classes}
    X = np.array([centre[c] + spread[c] * rng.normal(size=d) for c in y])
    return X, y


def _log_proba(solution, X, y, new, **settings):
    return solution.GNB(**settings).fit(X, y).predict_log_proba(new)


def test_two_groups(solution, rng):
    X = np.vstack([rng.uniform(-1, 1, size=(8, 2)), rng.uniform(9, 11, size=(6, 2))])
    y = np.array([0] * 8 + [1] * 6)
    model = solution.GNB().fit(X, y)
    equal(model.predict([[0.0, 0.5], [10.0, 10.0], [-1.0, 0.0]]), [0, 1, 0], msg="predicted classes")


def test_four_rows(solution, rng):
    got = _log_proba(solution, [[0.0], [2.0], [10.0], [14.0]], [0, 0, 1, 1], [[3.0], [12.0]])
    ahead = [[-2.0 - (-math.log(2.0) - 81 / 8)], [-60.5 + math.log(2.0)]]
    close(np.asarray(got)[:, :1] - np.asarray(got)[:, 1:], ahead, msg="class 0 minus class 1", **LOOSE)


def test_adds_up_to_one(solution, rng):
    X, y = _groups(rng)
    got = np.asarray(_log_proba(solution, X, y, X[:6]))
    equal(got.shape, (6, 3), msg="shape")
    close(np.exp(got).sum(axis=1), np.ones(6), msg="probabilities of a row, added up")


def test_three_classes(solution, rng):
    X, y = _groups(rng)
    new = rng.normal(size=(5, 3)) * 2
    close(_log_proba(solution, X, y, new), _expected(X, y, new), **LOOSE)


def test_class_shares(solution, rng):
    X = np.array([[-2.0], [0.0]] * 9 + [[0.0], [2.0]])
    y = np.array([0] * 18 + [1] * 2)
    close(_log_proba(solution, X, y, [[0.0]]), np.log([[0.9, 0.1]]), msg="half way between", **LOOSE)


def test_unequal_spread(solution, rng):
    wide = rng.uniform(4.0, 6.0)
    X = np.array([[-1.0], [1.0], [-wide], [wide]])
    y = np.array([5, 5, 6, 6])
    got = np.asarray(_log_proba(solution, X, y, [[0.0]]))
    close(got[0, 0] - got[0, 1], math.log(wide), msg="both centred at 0: the narrow class is ahead", **LOOSE)


def test_predict_goes_with_probability(solution, rng):
    X, y = _groups(rng, n=30, classes=(-4, 0, 11))
    model = solution.GNB().fit(X, y)
    new = rng.normal(size=(12, 3)) * 3
    best = _expected(X, y, new).argmax(axis=1)
    equal(model.predict(new), np.array([-4, 0, 11])[best], msg="predicted labels")


def test_labels_in_order(solution, rng):
    X = np.array([[50.0], [51.0], [0.0], [1.0], [20.0], [21.0]])
    y = np.array([-7, -7, 300, 300, 12, 12])
    model = solution.GNB().fit(X, y)
    equal(np.asarray(model.predict_log_proba([[50.0], [21.0], [1.0]])).argmax(axis=1), [0, 1, 2], msg="columns")
    equal(model.predict([[50.0], [21.0], [1.0]]), [-7, 12, 300], msg="predicted labels")


def test_many_columns(solution, rng):
    X, y = _groups(rng, n=12, d=300, classes=(0, 1), apart=0.05)
    new = rng.normal(size=(2, 300)) * 3
    got = np.asarray(_log_proba(solution, X, y, new))
    assert np.isfinite(got).all(), "every log probability should be finite"
    close(got, _expected(X, y, new), msg="300 columns", rtol=1e-4)


def test_far_row(solution, rng):
    X, y = _groups(rng)
    new = rng.choice([-1.0, 1.0], size=(2, 3)) * 1e4
    got = np.asarray(_log_proba(solution, X, y, new))
    assert np.isfinite(got).all(), "every log probability should be finite"
    close(got, _expected(X, y, new), msg="rows far from every class", **LOOSE)


def test_constant_column(solution, rng):
    X, y = _groups(rng)
    new = rng.normal(size=(4, 3))
    padded = np.insert(X, 1, 5.0, axis=1), np.insert(new, 1, 5.0, axis=1)
    got = _log_proba(solution, padded[0], y, padded[1])
    close(got, _expected(X, y, new), msg="a column of fives says nothing", **LOOSE)


def test_constant_in_one_class(solution, rng):
    X, y = _groups(rng, classes=(0, 1))
    X[y == 0, 1] = 3.0
    new = np.array([[0.0, 3.0, 0.0], [1.0, 3.001, 1.0]])
    close(_log_proba(solution, X, y, new, eps=1e-4), _expected(X, y, new, eps=1e-4), **LOOSE)


def test_large_eps(solution, rng):
    X, y = _groups(rng, apart=6.0)
    X *= [1.0, 5.0, 0.2]
    new = X[:4] + rng.normal(size=(4, 3))
    for eps in (0.01, 0.3):
        got = _log_proba(solution, X, y, new, eps=eps)
        close(got, _expected(X, y, new, eps=eps), msg=f"eps = {eps}", **LOOSE)


def test_other_units(solution, rng):
    X, y = _groups(rng)
    new = rng.normal(size=(3, 3))
    metres = _log_proba(solution, X, y, new, eps=0.1)
    close(_log_proba(solution, X * 1000, y, new * 1000, eps=0.1), metres, msg="every column times 1000", **LOOSE)


def test_class_of_one_row(solution, rng):
    X, y = _groups(rng, classes=(0, 1))
    X, y = np.vstack([X, [[9.0, -9.0, 4.0]]]), np.append(y, 2)
    new = np.vstack([X[-1:] + 0.01, X[:2]])
    close(_log_proba(solution, X, y, new, eps=1e-3), _expected(X, y, new, eps=1e-3), **LOOSE)


def test_one_class(solution, rng):
    X = rng.normal(size=(5, 2))
    model = solution.GNB().fit(X, [8] * 5)
    close(model.predict_log_proba([[0.0, 1.0], [3.0, 3.0]]), [[0.0], [0.0]], msg="log probabilities")
    equal(model.predict([[0.0, 1.0]]), [8], msg="predicted label")


def test_nothing_varies(solution, rng):
    value = float(rng.choice([0.1, 0.7, 2.0]))
    X = np.full((6, 2), value)
    got = _log_proba(solution, X, [0, 1, 1, 0, 1, 1], [[value, value], [value + 1, 3.0]])
    close(got, np.log([[1 / 3, 2 / 3]] * 2), msg="only the class shares are left")


def test_far_from_zero(solution, rng):
    X, y = _groups(rng)
    X, new = np.round(X * 64) / 64, np.round(rng.normal(size=(4, 3)) * 64) / 64
    moved = 2.0**27
    close(_log_proba(solution, X + moved, y, new + moved), _expected(X, y, new), rtol=1e-4, atol=1e-4)


def test_equal_probability(solution, rng):
    low = int(rng.integers(-9, 9))
    model = solution.GNB().fit([[1.0], [3.0], [-1.0], [-3.0]], [low + 4, low + 4, low, low])
    equal(model.predict([[0.0]]), [low], msg="two classes equally likely")


def test_learns_anew(solution, rng):
    first, second = _groups(rng, classes=(0, 1)), _groups(rng, classes=(1, 2, 3))
    model, other = solution.GNB(), solution.GNB()
    unchanged(model.fit, *first)
    other.fit(*second)
    new = rng.normal(size=(3, 3))
    close(model.predict_log_proba(new), _expected(*first, new), msg="the first object", **LOOSE)
    model.fit(*second)
    close(model.predict_log_proba(new), _expected(*second, new), msg="after a second fit", **LOOSE)


def test_whole_numbers(solution, rng):
    X, y = rng.integers(-5, 6, size=(12, 2)), np.arange(12) % 2
    new = rng.integers(-5, 6, size=(3, 2))
    got = _log_proba(solution, X.tolist(), y.tolist(), new.tolist())
    close(got, _expected(X, y, new), msg="lists of ints", **LOOSE)


def test_misuse(solution, rng):
    raises(RuntimeError, lambda: solution.GNB().predict_log_proba([[1.0]]))
    raises(RuntimeError, lambda: solution.GNB().predict([[1.0]]))
    X, y = _groups(rng)
    raises(ValueError, lambda: solution.GNB().fit(X, y[:-1]))
    model = solution.GNB().fit(X, y)
    raises(ValueError, model.predict_log_proba, np.ones((2, 1)))
    raises(ValueError, model.predict_log_proba, np.ones((2, 4)))
