import math

import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _line(rng, values):
    """The values as one column, moved and stretched without changing who is near whom."""
    return rng.integers(-5, 6) + 2.0 ** rng.integers(0, 5) * np.array(values, dtype=float)[:, None]


def _naive(X_train, y_train, X, k):
    """Neighbour by neighbour, no ties expected: columns in units of their training spread."""
    units = [math.sqrt(sum((v - sum(c) / len(c)) ** 2 for v in c) / len(c)) for c in X_train.T.tolist()]
    answers = []
    for row in X.tolist():
        far = [
            math.dist([v / u for v, u in zip(row, units)], [v / u for v, u in zip(t, units)])
            for t in X_train.tolist()
        ]
        near = sorted(range(len(far)), key=far.__getitem__)[:k]
        votes = [y_train[i] for i in near]
        answers.append(max(sorted(set(votes)), key=votes.count))
    return answers


def _data(rng, n=25, m=8, units=(1.0, 1.0)):
    X = rng.normal(size=(n + m, len(units)))
    y = (X[:, 0] > 0).astype(int).tolist()
    X = (X + [3.0] * len(units)) * np.array(units)
    return X[:n], y[:n], X[n:]


def test_nearest_one(solution, rng):
    got = solution.knn_predict(np.array([[1.0], [5.0], [9.0]]), [10, 20, 30], np.array([[8.0], [2.0]]), 1)
    equal(list(got), [30, 10], msg="bins of parcels at 8 and 2")


def test_most_of_three(solution, rng):
    X_train = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [9.0, 9.0], [9.0, 8.0]])
    got = solution.knn_predict(X_train, [7, 4, 4, 7, 7], np.array([[0.1, 0.1]]), 3)
    equal(list(got), [4], msg="the nearest three have bins 7, 4 and 4")


def test_one_label_a_row(solution, rng):
    X_train, y_train, X = _data(rng)
    got = list(solution.knn_predict(X_train, y_train, X, 3))
    equal(len(got), len(X), msg="number of labels")
    assert set(got) <= set(y_train), f"labels are those of y_train, got {got}"


def test_random_rows(solution, rng):
    X_train, y_train, X = _data(rng)
    for k in (1, 3, 7):
        got = solution.knn_predict(X_train, y_train, X, k)
        equal(list(got), _naive(X_train, y_train, X, k), msg=f"labels for k={k}")


def test_units_differ(solution, rng):
    X_train, y_train, X = _data(rng, m=12, units=(1e-3, 1e3, 1.0))
    got = solution.knn_predict(X_train, y_train, X, 3)
    equal(list(got), _naive(X_train, y_train, X, 3), msg="columns in thousandths, thousands and ones")


def test_circle_not_diamond(solution, rng):
    # The columns have equal spread. From (1, 1) on: 1.9 along one axis, or 1.2 along both.
    corner = np.array([[-4.0, 4.0], [4.0, -4.0], [-4.0, -4.0]])
    X_train = np.vstack([corner, [[2.9, 1.0], [1.0, 2.9], [2.2, 2.2]]]) * rng.integers(1, 9)
    scale = X_train[5, 0] / 2.2
    got = solution.knn_predict(X_train, [0, 0, 0, 1, 1, 2], np.array([[1.0, 1.0]]) * scale, 1)
    equal(list(got), [2], msg="the straight way is shortest to the last row")


def test_rows_alone(solution, rng):
    X_train, y_train, X = _data(rng, n=40, m=12)
    X[:6] = X[:6] * 0.2 + 2.6
    together = list(solution.knn_predict(X_train, y_train, X, 3))
    alone = [solution.knn_predict(X_train, y_train, row[None, :], 3)[0] for row in X]
    equal(alone, together, msg="rows one by one and all together")


def test_moved_queries(solution, rng):
    X_train = rng.normal(size=(30, 2)) * [1.0, 20.0]
    y_train = list(range(30))
    X = X_train[:10] + [30.0, 0.0]
    got = solution.knn_predict(X_train, y_train, X, 1)
    equal(list(got), _naive(X_train, y_train, X, 1), msg="labels far from the training rows")


def test_vote_tie(solution, rng):
    X_train = _line(rng, [1, 2, 4, 7, 50])
    for bins in ([9, 3, 9, 3, 5], [9, 3, 3, 9, 5], [3, 9, 9, 3, 5]):
        at = X_train[0:1] - (X_train[1:2] - X_train[0:1]) / 4
        got = solution.knn_predict(X_train, bins, at, 4)
        equal(list(got), [bins[0]], msg=f"two votes each, from near to far {bins[:4]}")


def test_tie_below_the_nearest(solution, rng):
    X_train = _line(rng, [0, 3, 5, 6, 7, 90])
    for bins in ([5, 8, 2, 2, 8, 1], [5, 2, 8, 8, 2, 1]):
        got = solution.knn_predict(X_train, bins, X_train[0:1], 5)
        equal(list(got), [bins[1]], msg=f"one vote, then two each, from near to far {bins[:5]}")


def test_equal_distances(solution, rng):
    first, second = rng.permutation([4, 6]).tolist()
    X_train = _line(rng, [0, 8, 8, 8, 20, 30])
    at = X_train[1:2]
    equal(list(solution.knn_predict(X_train, [1, first, second, 2, 2, 2], at, 1)), [first], msg="k=1")
    got = solution.knn_predict(X_train, [1, second, first, second, first, 2], at, 2)
    equal(list(got), [second], msg="k=2 among three rows of the same place")


def test_k_is_n(solution, rng):
    X_train, X = rng.normal(size=(9, 2)), rng.normal(size=(4, 2)) * 5
    y_train = rng.permutation([2] * 5 + [0] * 4).tolist()
    equal(list(solution.knn_predict(X_train, y_train, X, 9)), [2] * 4, msg="every row votes")


def test_illegal_k(solution, rng):
    X_train, y_train, X = _data(rng, n=6)
    for k in (0, -1, 7):
        raises(ValueError, solution.knn_predict, X_train, y_train, X, k)


def test_flat_column(solution, rng):
    X_train, y_train, X = _data(rng)
    level = float(rng.integers(1, 9))
    wide = np.column_stack([X_train, np.full(len(X_train), level)])
    for now in (level, level + 2):
        got = solution.knn_predict(wide, y_train, np.column_stack([X, np.full(len(X), now)]), 3)
        equal(list(got), _naive(X_train, y_train, X, 3), msg=f"always {level} in training, {now} now")


def test_flat_tenths(solution, rng):
    X_train, y_train, X = _data(rng)
    wide = np.column_stack([X_train, np.full(len(X_train), 0.1)])
    got = solution.knn_predict(wide, y_train, np.column_stack([X, np.full(len(X), 7.0)]), 3)
    equal(list(got), _naive(X_train, y_train, X, 3), msg="always 0.1 in training, 7 now")


def test_text_labels(solution, rng):
    X_train = _line(rng, [0, 1, 2, 50, 51, 52])
    names = ["north", "north", "east", "west", "south", "west"]
    got = solution.knn_predict(X_train, names, X_train[[0, 5]], 3)
    equal(list(got), ["north", "west"], msg="labels are words")


def test_pairs_as_labels(solution, rng):
    X_train = _line(rng, [0, 1, 2, 50, 51, 52])
    bins = [("A", 1), ("A", 1), ("B", 2), ("B", 2), ("B", 2), ("A", 2)]
    got = solution.knn_predict(X_train, bins, X_train[[0, 3]], 3)
    shown = [tuple(label) for label in got]
    assert shown == [("A", 1), ("B", 2)], f"labels are pairs such as ('A', 1), got {shown}"


def test_no_new_rows(solution, rng):
    X_train, y_train, _ = _data(rng, n=5)
    for X in (np.empty((0, 2)), np.empty(0)):
        equal(len(solution.knn_predict(X_train, y_train, X, 2)), 0, msg=f"labels for X of shape {X.shape}")


def test_flat_input(solution, rng):
    values = rng.normal(size=6)
    raises(ValueError, solution.knn_predict, values[:, None], [0, 1] * 3, values, 1)
    raises(ValueError, solution.knn_predict, values, [0, 1] * 3, values[:, None], 1)


def test_known_rows(solution, rng):
    X = rng.normal(size=(30, 4)) * 10 + 100
    close(solution.knn_predict(X, list(range(30)), X, 1), list(range(30)), msg="each row is its own nearest")


def test_input_untouched(solution, rng):
    X_train, y_train, X = _data(rng, n=8)
    unchanged(solution.knn_predict, X_train, y_train, X, 2)
