from fractions import Fraction

import numpy as np

from interviewer.expect import close, equal, unchanged


def _impurity(labels):
    return 1 - sum(Fraction(labels.count(c), len(labels)) ** 2 for c in set(labels))


def _wanted(X, y):
    """Every cut tried, in exact fractions; the first best one wins."""
    labels, best = y.tolist(), None
    for feature in range(X.shape[1]):
        column = X[:, feature].tolist()
        steps = sorted(set(column))
        for low, high in zip(steps, steps[1:]):
            left = [c for v, c in zip(column, labels) if v <= low]
            right = [c for v, c in zip(column, labels) if v > low]
            after = (len(left) * _impurity(left) + len(right) * _impurity(right)) / len(labels)
            gain = _impurity(labels) - after
            if gain > 0 and (best is None or gain > best[2]):
                best = feature, (low + high) / 2, gain
    return best


def _is(got, wanted, msg=""):
    if wanted is None:
        assert got is None, f"{msg}: there is nothing to gain, got {got}"
        return
    assert got is not None, f"{msg}: there is a cut with a gain of {float(wanted[2]):.4g}, got None"
    feature, threshold, gain = got
    equal(int(feature), wanted[0], msg=f"{msg}: feature")
    close(threshold, float(wanted[1]), msg=f"{msg}: threshold")
    close(gain, float(wanted[2]), msg=f"{msg}: gain", rtol=1e-6)


def _shuffled(rng, X, y):
    order = rng.permutation(len(y))
    return X[order], y[order]


def test_clean_cut(solution, rng):
    got = solution.best_split(np.array([[1.0], [2.0], [8.0], [9.0]]), np.array([0, 0, 1, 1]))
    _is(got, (0, 5.0, 0.5), msg="values 1, 2, 8, 9")


def test_second_column(solution, rng):
    X = np.array([[3.0, 10.0], [1.0, 20.0], [3.0, 30.0], [1.0, 40.0]])
    _is(solution.best_split(X, np.array([0, 0, 1, 1])), (1, 25.0, 0.5), msg="the second column tells all")


def test_uneven_sides(solution, rng):
    # Labels 0 1 1 0 1 1: before, 1 - 4/36 - 16/36 = 4/9. Behind the first row one pure side of 1 and
    # one of 5 with 1 - 1/25 - 16/25 = 8/25: 4/9 - 5/6 * 8/25 = 8/45. All other cuts gain 1/9 or less.
    X = np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]])
    got = solution.best_split(X, np.array([0, 1, 1, 0, 1, 1]))
    _is(got, (0, 1.5, Fraction(8, 45)), msg="labels 0 1 1 0 1 1")


def test_random_grid(solution, rng):
    for _ in range(4):
        X = rng.integers(0, 6, size=(14, 3)).astype(float)
        y = rng.integers(0, 3, size=14)
        _is(solution.best_split(X, y), _wanted(X, y), msg="14 rows of small whole numbers")


def test_random_numbers(solution, rng):
    X = rng.normal(size=(15, 3)) * [1.0, 50.0, 0.01]
    y = (X[:, 1] + 30 * rng.normal(size=15) > 0).astype(int)
    y[:2] = 0, 1
    _is(solution.best_split(X, y), _wanted(X, y), msg="15 rows")


def test_many_labels(solution, rng):
    X = rng.integers(0, 8, size=(16, 2)).astype(float)
    X[:, 0] += 8 * np.arange(16)
    y = np.arange(16) // 3
    X, y = _shuffled(rng, X, y)
    _is(solution.best_split(X, y), _wanted(X, y), msg="six labels")


def test_labels_with_gaps(solution, rng):
    X = rng.permutation(12)[:, None].astype(float)
    y = np.where(X[:, 0] < 5, 2, 7)
    _is(solution.best_split(X, y), (0, 4.5, Fraction(35, 72)), msg="labels 2 and 7")


def test_repeated_value(solution, rng):
    X = np.array([[1.0], [2.0], [2.0], [2.0], [2.0], [3.0]]) * rng.integers(1, 9)
    y = np.array([0, 0, 0, 1, 1, 1])
    X, y = _shuffled(rng, X, y)
    _is(solution.best_split(X, y), _wanted(X, y), msg="one value with both labels")


def test_equal_columns(solution, rng):
    X = rng.permutation(10)[:, None] * np.array([[2.0, 1.0, 3.0]]) + [[1.0, 0.0, 5.0]]
    y = (X[:, 1] > 6).astype(int)
    _is(solution.best_split(X, y), (0, 14.0, Fraction(42, 100)), msg="three columns cut equally well")


def test_equal_cuts(solution, rng):
    X = np.arange(6.0)[:, None] * rng.integers(1, 5)
    y = np.array([1, 0, 0, 0, 0, 1])
    wanted = _wanted(X, y)
    _is(solution.best_split(X, y), wanted, msg="cutting off either end is equally good")


def test_nothing_to_ask(solution, rng):
    level = float(rng.integers(1, 9))
    _is(
        solution.best_split(np.full((6, 2), level), np.array([0, 1] * 3)),
        None,
        msg="columns that never change",
    )
    _is(solution.best_split(rng.normal(size=(6, 2)), np.full(6, 1)), None, msg="one label only")


def test_no_gain(solution, rng):
    X = np.array([[0.0], [0.0], [1.0], [1.0]]) + rng.integers(0, 9)
    _is(solution.best_split(X, np.array([0, 1, 0, 1])), None, msg="both sides like the whole")


def test_two_rows(solution, rng):
    low, high = np.sort(rng.uniform(-5, 5, size=2))
    got = solution.best_split(np.array([[high], [low]]), np.array([0, 1]))
    _is(got, (0, (low + high) / 2, 0.5), msg="two rows")


def test_too_few_rows(solution, rng):
    _is(solution.best_split(rng.normal(size=(1, 2)), np.array([1])), None, msg="one row")
    _is(solution.best_split(np.empty((0, 2)), np.empty(0, dtype=int)), None, msg="no row")


def test_whole_numbers(solution, rng):
    X = rng.permutation(8)[:, None]
    y = (X[:, 0] > 4).astype(int)
    _is(solution.best_split(X, y), (0, 4.5, Fraction(30, 64)), msg="values are integers")


def test_input_untouched(solution, rng):
    unchanged(solution.best_split, rng.normal(size=(9, 2)), rng.integers(0, 2, size=9))


def test_rounding_is_no_gain(solution, rng):
    # Both values of the column hold the labels in the same shares.
    for shares in ([1, 1, 1], [1, 2, 6], [1, 2, 7], [1, 3, 5]):
        one = np.repeat(np.arange(3), shares)
        y = np.concatenate([np.repeat(np.arange(3), np.array(shares) * 2), one])
        X = (np.arange(len(y)) >= 2 * len(one)).astype(float)[:, None]
        X, y = _shuffled(rng, X, y)
        _is(solution.best_split(X, y), None, msg=f"labels in shares {shares} on both sides")


def test_neighbouring_floats(solution, rng):
    low = np.nextafter(float(2 ** rng.integers(0, 8)), np.inf)
    high = np.nextafter(low, np.inf)
    _, threshold, gain = solution.best_split(np.array([[low], [high], [low]]), np.array([0, 1, 0]))
    assert threshold == low, f"a threshold that parts {low!r} from {high!r}, got {threshold!r}"
    close(gain, 4 / 9, msg="gain")
