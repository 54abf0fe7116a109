import numpy as np

from interviewer.expect import equal, unchanged


SAME = 1e-9  # scores are fractions of small numbers: two different ones lie further apart than this


def _by_hand(X, y, new, depth, min_leaf):
    """Labels of the new rows, and whether a tie decided anything.

    A cut is scored by the sum of squared class counts over the number of rows, left plus right: larger is purer.
    """
    values, counts = np.unique(y, return_counts=True)
    labels = np.full(len(new), values[counts.argmax()])
    cuts = []
    for j in range(X.shape[1]) if depth else ():
        levels = np.unique(X[:, j])
        left = X[:, j] <= levels[:-1, None]
        size = left.sum(axis=1)
        mine = left.astype(int) @ (y[:, None] == values)
        purity = (mine**2).sum(axis=1) / size + ((counts - mine) ** 2).sum(axis=1) / (len(y) - size)
        large = np.flatnonzero((size >= min_leaf) & (size <= len(y) - min_leaf))
        cuts += [(purity[n], j, (levels[n] + levels[n + 1]) / 2) for n in large]
    best = max((c[0] for c in cuts), default=0)
    if best <= (counts**2).sum() / len(y) + SAME:
        return labels, len(values) > 1 and bool(cuts)
    first, *others = [c[1:] for c in cuts if c[0] >= best - SAME]
    j, t = first
    doubtful = bool(others)
    for mine, theirs in ((X[:, j] <= t, new[:, j] <= t), (X[:, j] > t, new[:, j] > t)):
        labels[theirs], unsure = _by_hand(X[mine], y[mine], new[theirs], depth - 1, min_leaf)
        doubtful = doubtful or unsure
    return labels, doubtful


def _rows(rng, n=36):
    """Rows of three columns, three labels that depend on the first two with some noise, and new rows."""
    X = rng.normal(size=(n, 3)) * [1.0, 30.0, 0.1]
    y = (X[:, 0] > 0).astype(int) + (X[:, 1] > 10)
    y = np.where(rng.random(n) < 0.25, rng.integers(0, 3, n), y)
    return X, y, rng.normal(size=(25, 3)) * [1.5, 45.0, 0.15]


def _clear_case(rng, depth, min_leaf):
    """Such rows on which no tie decides anything, and the labels of the new ones."""
    while True:
        X, y, new = _rows(rng)
        labels, doubtful = _by_hand(X, y, new, depth, min_leaf)
        if not doubtful and len(set(labels.tolist())) > 1:
            return X, y, new, labels


def _column(*values):
    return np.array(values, dtype=float)[:, None]


def test_one_cut(solution, rng):
    tree = solution.Tree(1).fit(_column(1, 2, 8, 9), np.array([0, 0, 1, 1]))
    equal(tree.predict(_column(0, 3, 7, 20)), [0, 0, 1, 1], msg="labels of 0, 3, 7, 20")


def test_single_leaf(solution, rng):
    X = rng.normal(size=(9, 2))
    tree = solution.Tree(0).fit(X, np.array([3, 1, 1, 3, 1, 2, 1, 3, 1]))
    equal(tree.predict(X[:4]), [1, 1, 1, 1], msg="labels with max_depth 0")


def test_one_label_a_row(solution, rng):
    X, y, new = _rows(rng, 12)
    got = np.asarray(solution.Tree(2, 3).fit(X, y).predict(new))
    equal(got.shape, (25,), msg="shape of the labels")
    assert set(got.tolist()) <= set(y.tolist()), f"labels that were never seen in training: {got}"


def test_random_rows(solution, rng):
    for depth, min_leaf in ((1, 1), (3, 5)):
        X, y, new, wanted = _clear_case(rng, depth, min_leaf)
        got = solution.Tree(depth, min_leaf).fit(X, y).predict(new)
        equal(got, wanted, msg=f"labels of new rows, max_depth {depth}, min_leaf {min_leaf}")


def test_far_outside(solution, rng):
    X, y, new, wanted = _clear_case(rng, 2, 3)
    new = new * 1e6
    got = solution.Tree(2, 3).fit(X, y).predict(new)
    equal(got, _by_hand(X, y, new, 2, 3)[0], msg="labels of rows far outside the training range")


def test_levels_count(solution, rng):
    X, y = _column(1, 2, 3, 4, 5, 6, 7), np.array([0, 0, 0, 0, 1, 1, 2])
    X = X * float(rng.integers(1, 9))
    equal(solution.Tree(1).fit(X, y).predict(X), [0, 0, 0, 0, 1, 1, 1], msg="one level")
    equal(solution.Tree(2).fit(X, y).predict(X), y, msg="two levels")


def test_halfway(solution, rng):
    low = float(rng.integers(-9, 9))
    tree = solution.Tree(1).fit(_column(low, low + 4), np.array([5, 2]))
    equal(tree.predict(_column(low + 1.75, low + 2, low + 2.25)), [5, 5, 2], msg="around the middle")


def test_even_leaf(solution, rng):
    X = np.ones((6, 1))
    for y in ([4, 9, 4, 9, 9, 4], [9, 9, 9, 4, 4, 4], [7, 2, 5, 7, 2, 5]):
        equal(solution.Tree(3).fit(X, np.array(y)).predict(X[:1]), [min(y)], msg=f"leaf with labels {y}")


def test_children_large_enough(solution, rng):
    X, y = _column(1, 2, 3, 4, 5, 6), np.array([0, 1, 1, 1, 1, 1])
    equal(solution.Tree(1, 1).fit(X, y).predict(X), y, msg="min_leaf 1")
    equal(solution.Tree(1, 4).fit(X, y).predict(X), [1] * 6, msg="min_leaf 4 of 6 rows")
    X, y = _column(1, 2, 3, 4), np.array([0, 0, 1, 1])
    equal(solution.Tree(1, 2).fit(X, y).predict(X), y, msg="min_leaf 2 of 4 rows")


def test_second_choice(solution, rng):
    first = np.array([1, 1, 1, 1, 1, 1, 1, 9.0])
    second = np.array([1, 1, 1, 1, 6, 6, 6, 6.0])
    X, y = np.column_stack([first, second]), np.array([0, 0, 0, 1, 0, 1, 1, 2])
    new = np.array([[1.0, 0.0], [1.0, 7.0], [9.0, 0.0], [9.0, 7.0]])
    wanted = _by_hand(X, y, new, 1, 3)[0]
    equal(wanted, [0, 1, 0, 1])
    equal(solution.Tree(1, 3).fit(X, y).predict(new), wanted, msg="min_leaf 3")
    column, y = _column(*range(10)), np.array([1, 0, 0, 0, 0, 2, 2, 2, 2, 2])
    equal(solution.Tree(2, 3).fit(column, y).predict(column), [0] * 5 + [2] * 5, msg="min_leaf 3, one column")


def test_nothing_gained(solution, rng):
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    got = solution.Tree(3).fit(X, np.array([2, 1, 1, 2])).predict(X)
    equal(got, [1, 1, 1, 1], msg="no single cut makes these labels purer")


def test_rows_all_alike(solution, rng):
    X = np.full((5, 2), float(rng.integers(1, 9)))
    got = solution.Tree(4).fit(X, np.array([0, 1, 1, 0, 1])).predict(X[:2])
    equal(got, [1, 1], msg="equal rows with different labels")


def test_only_one_row(solution, rng):
    tree = solution.Tree(3).fit(rng.normal(size=(1, 3)), np.array([8]))
    equal(tree.predict(rng.normal(size=(4, 3))), [8, 8, 8, 8])


def test_repeated_values(solution, rng):
    X, y = _column(1, 1, 1, 2, 2, 2), np.array([0, 0, 1, 1, 1, 0])
    shuffled = rng.permutation(6)
    tree = solution.Tree(4).fit(X[shuffled], y[shuffled])
    equal(tree.predict(_column(1, 2)), [0, 1], msg="labels of 1 and 2")


def test_nothing_to_predict(solution, rng):
    tree = solution.Tree(1).fit(_column(1, 2), np.array([0, 1]))
    equal(np.shape(tree.predict(np.empty((0, 1)))), (0,), msg="shape of the labels for no rows")


def test_odd_labels(solution, rng):
    y = rng.permutation([-7, 40, 1000])
    tree = solution.Tree(2).fit(_column(1, 2, 3), y)
    equal(tree.predict(_column(1, 2, 3)), y, msg="labels -7, 40 and 1000")


def test_equal_cuts(solution, rng):
    column = np.array([0.0, 0.0, 4.0, 4.0])
    X, y = np.column_stack([rng.normal() + 0 * column, column, column]), np.array([0, 0, 1, 1])
    new = np.array([[0.0, 0.0, 9.0], [0.0, 9.0, 0.0]])
    equal(solution.Tree(1).fit(X, y).predict(new), [0, 1], msg="two columns that split equally well")
    got = solution.Tree(1).fit(_column(0, 4, 8), np.array([1, 0, 1])).predict(_column(1, 3, 9))
    equal(got, [1, 0, 0], msg="two thresholds that split equally well")


def test_two_trees(solution, rng):
    X, y, new, wanted = _clear_case(rng, 2, 3)
    tree = solution.Tree(2, 3).fit(X, y)
    solution.Tree(1).fit(-X, y[::-1])
    equal(tree.predict(new), wanted, msg="labels after another tree was built")
    tree.fit(_column(1, 2, 3, 4, 5, 6), np.array([6, 6, 6, 8, 8, 8]))
    equal(tree.predict(_column(0, 9)), [6, 8], msg="labels after a second fit")


def test_arrays_left_alone(solution, rng):
    X, y, new = _rows(rng, 12)
    tree = solution.Tree(2, 3)
    unchanged(tree.fit, X, y)
    unchanged(tree.predict, new)


def test_neighbouring_floats(solution, rng):
    low = float(rng.uniform(0.1, 0.9))
    for _ in range(2):
        high = float(np.nextafter(low, 1.0))
        tree = solution.Tree(1).fit(_column(low, high), np.array([1, 0]))
        equal(tree.predict(_column(low, high)), [1, 0], msg=f"rows at {low!r} and the next float")
        low = high
