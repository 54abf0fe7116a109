import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _patients(rng, zeros=20, ones=20, columns=12, signal=1.2):
    """Shuffled rows of two classes; the first three columns carry some signal."""
    y = rng.permutation(np.repeat([0, 1], [zeros, ones]))
    X = rng.normal(size=(len(y), columns))
    X[:, :3] += signal * y[:, None]
    return X, y


def _scaled(train, rows):
    """Rows in units of the training rows, column by column; 0 where those are all equal."""
    varies = train.max(axis=0) > train.min(axis=0)
    away = train - train.mean(axis=0)
    spread = np.sqrt(np.mean(away * away, axis=0))
    return np.where(varies, (rows - train.mean(axis=0)) / np.where(varies, spread, 1.0), 0.0)


def _by_hand(X, y, fold, n_features):
    """The accuracy in each fold, everything learnt from the other folds."""
    scores = []
    for i in range(max(fold) + 1):
        train, test = fold != i, fold == i
        Z, T = _scaled(X[train], X[train]), _scaled(X[train], X[test])
        ones, zeros = Z[y[train] == 1].mean(axis=0), Z[y[train] == 0].mean(axis=0)
        gap = np.round(np.abs(ones - zeros), 12)
        best = np.lexsort((np.arange(len(gap)), -gap))[:n_features]
        to_ones, to_zeros = (((T - centre)[:, best] ** 2).sum(axis=1) for centre in (ones, zeros))
        scores.append(np.mean((to_ones < to_zeros) == (y[test] == 1)))
    return scores


def _agrees(solution, X, y, k, n_features, seed, msg=""):
    fold = np.asarray(solution.make_folds(y, k, seed))
    scores = _by_hand(X, y, fold, n_features)
    close(solution.cv_score(X, y, k, n_features, seed), {"mean": np.mean(scores), "std": np.std(scores)}, msg=msg)


def test_clear_signal(solution, rng):
    X, y = _patients(rng, columns=30)
    X[:, 7] = 20.0 * y + rng.normal(size=40)
    close(solution.cv_score(X, y, 5, 1, 0), {"mean": 1.0, "std": 0.0}, msg="one column is nearly the answer")


def test_random_labels(solution, rng):
    means = []
    for seed in range(6):
        X = rng.normal(size=(16, 160))
        y = rng.permutation([0, 1] * 8)
        means.append(solution.cv_score(X, y, 2, 10, seed)["mean"])
    assert np.mean(means) < 0.83, f"random labels are predicted with an accuracy of {np.mean(means):.2f}"


def test_like_by_hand(solution, rng):
    X, y = _patients(rng, columns=40, signal=0.8)
    _agrees(solution, X, y, 4, 5, 1)
    _agrees(solution, X, y, 5, 3, 2)


def test_wild_columns(solution, rng):
    X, y = _patients(rng, columns=4, signal=0.5)
    X = np.sinh(1.5 * X)
    for seed in range(3):
        _agrees(solution, X, y, 3, 4, seed, msg="columns with a few very large values")


def test_class_shares(solution, rng):
    y = rng.permutation(np.repeat([0, 1], [25, 15]))
    fold = np.asarray(solution.make_folds(y, 5, 3))
    for label, share in ((0, 5), (1, 3)):
        equal([int(np.sum((fold == i) & (y == label))) for i in range(5)], [share] * 5, msg=f"rows of class {label} in each fold")


def test_sorted_rows(solution, rng):
    ones = int(rng.integers(9, 14))
    y = np.repeat([0, 1], [23, ones])
    fold = np.asarray(solution.make_folds(y, 4, 0))
    for label in (0, 1):
        counts = [int(np.sum((fold == i) & (y == label))) for i in range(4)]
        assert max(counts) - min(counts) <= 1, f"rows of class {label} in each fold: {counts}"


def test_folds_complete(solution, rng):
    y = rng.permutation(np.repeat([0, 1], [11, 8]))
    fold = np.asarray(solution.make_folds(y, 3, 5))
    equal(fold.shape, (19,), msg="shape")
    equal(sorted(set(fold.tolist())), [0, 1, 2], msg="fold numbers")


def test_same_seed(solution, rng):
    X, y = _patients(rng)
    seed = int(rng.integers(100))
    first = solution.make_folds(y, 4, seed)
    solution.make_folds(y, 4, seed + 1)
    equal(solution.make_folds(y, 4, seed), first, msg="folds with the same seed")


def test_other_seed(solution, rng):
    y = np.repeat([0, 1], [20, 20])
    first = np.asarray(solution.make_folds(y, 4, 1))
    second = np.asarray(solution.make_folds(y, 4, 2))
    assert np.any(first != second), "another seed gives the same folds"


def test_unequal_folds(solution, rng):
    for seed in range(3):
        X, y = _patients(rng, zeros=13, ones=9, columns=6, signal=0.7)
        _agrees(solution, X, y, 4, 3, seed, msg="folds of unequal size")


def test_pick_by_hand(solution, rng):
    y = np.array([0, 0, 1, 1])
    X = np.array([[0.0, 1.0, 5.0, 9.0], [4.0, 2.0, 5.1, 8.0], [1.0, 1.0, 0.0, 8.0], [5.0, 4.0, 0.1, 10.0]])
    equal(solution.pick_features(X, y, 3), [2, 1, 3], msg="columns, the strongest first")


def test_other_units(solution, rng):
    X, y = _patients(rng)
    best = solution.pick_features(X, y, 6)
    units = 10.0 ** rng.integers(-4, 5, size=12)
    equal(solution.pick_features(X * units + 3.0, y, 6), best, msg="columns in other units")


def test_pick_ties(solution, rng):
    y = np.array([0, 1] * 4)
    weak, strong = np.tile([0.0, 1.0, 2.0, 1.0], 2), np.tile([1.0, 3.0, 1.0, 5.0], 2)
    X = np.column_stack([weak, strong, -strong, weak, strong] + [weak] * 20)
    equal(solution.pick_features(X, y, 3), [1, 2, 4], msg="three columns of equal strength")
    equal(list(solution.pick_features(X, y, 6))[3:], [0, 3, 5], msg="then weaker ones of equal strength")


def test_constant_columns(solution, rng):
    X, y = _patients(rng, columns=5)
    X[:, 1] = float(rng.integers(1, 9))
    equal(int(solution.pick_features(X, y, 5)[4]), 1, msg="the weakest column")
    _agrees(solution, X, y, 4, 5, 0, msg="all columns, one of them constant")


def test_constant_tenths(solution, rng):
    X, y = _patients(rng, zeros=17, ones=19, columns=9)
    X[:, 3:] = rng.permutation([0.1, 0.7, 1.1, 0.3, 0.2, 0.6])
    X[:, :3] = rng.normal(size=(36, 3))
    X[y == 1, :3] -= X[y == 1, :3].mean(axis=0) - 0.01
    X[y == 0, :3] -= X[y == 0, :3].mean(axis=0)
    best = [int(j) for j in solution.pick_features(X, y, 3)]
    equal(sorted(best), [0, 1, 2], msg="the three columns that vary, if only a little")
    _agrees(solution, X, y, 3, 5, 1, msg="several constant columns")


def test_too_many_folds(solution, rng):
    X, y = _patients(rng, zeros=12, ones=4)
    raises(ValueError, solution.cv_score, X, y, 5)
    equal(sorted(set(np.asarray(solution.make_folds(y, 4, 0)).tolist())), [0, 1, 2, 3], msg="four folds for four ones")


def test_too_few_folds(solution, rng):
    X, y = _patients(rng)
    raises(ValueError, solution.make_folds, y, 1, 0)
    raises(ValueError, solution.cv_score, X, y, 0)


def test_number_of_columns(solution, rng):
    X, y = _patients(rng, columns=4)
    raises(ValueError, solution.cv_score, X, y, 4, 0)
    equal(len(solution.pick_features(X, y, 99)), 4, msg="number of columns when more are asked for")
    close(solution.cv_score(X, y, 4, 99, 1), solution.cv_score(X, y, 4, 4, 1), msg="more columns than there are")


def test_arrays_untouched(solution, rng):
    X, y = _patients(rng)
    unchanged(solution.cv_score, X, y, 4, 3, 0)
