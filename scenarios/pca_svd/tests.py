import numpy as np

from interviewer.expect import close, equal, raises, unchanged

NEAR = {"rtol": 1e-6, "atol": 1e-7}


def _fit(solution, X, k):
    model = solution.PCA(k)
    model.fit(X)
    return model


def _axes(rng, d):
    """Orthonormal rows in random directions; the largest entry of each is clearly largest, and positive."""
    while True:
        Q = np.linalg.qr(rng.normal(size=(d, d)))[0].T
        top = np.sort(np.abs(Q), axis=1)
        if (top[:, -1] > top[:, -2] + 0.05).all():
            return Q * np.sign(Q[np.arange(d), np.abs(Q).argmax(axis=1)])[:, None]


def _known(rng, n=12, sizes=(5.0, 2.0, 1.0), level=3.0):
    """Rows whose components are known: directions, scores of mean zero, and a centre."""
    d = len(sizes)
    scores = rng.normal(size=(n, d))
    scores = np.linalg.qr(scores - scores.mean(axis=0))[0] * np.array(sizes)
    axes, centre = _axes(rng, d), level + rng.uniform(-2, 2, size=d)
    return scores @ axes + centre, scores, axes, centre


def test_diagonal_line(solution, rng):
    X = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])
    model = _fit(solution, X, 1)
    root = np.sqrt(5.0)
    close(model.transform(X), [[-root], [0.0], [root]], msg="scores along the line", **NEAR)
    close(model.explained_ratio, [1.0], msg="explained_ratio", **NEAR)


def test_shapes(solution, rng):
    X = rng.normal(size=(9, 4))
    model = _fit(solution, X, 2)
    equal(np.shape(model.transform(X)), (9, 2), msg="shape of the scores")
    equal(np.shape(model.explained_ratio), (2,), msg="shape of explained_ratio")


def test_known_scores(solution, rng):
    X, scores, _, _ = _known(rng)
    close(_fit(solution, X, 2).transform(X), scores[:, :2], msg="scores of the rows", **NEAR)


def test_known_ratio(solution, rng):
    X, _, _, _ = _known(rng)
    close(_fit(solution, X, 2).explained_ratio, [25 / 30, 4 / 30], msg="explained_ratio", **NEAR)


def test_new_rows(solution, rng):
    X, _, axes, centre = _known(rng)
    new = rng.normal(size=(4, 3)) * 3 + 8.0
    close(_fit(solution, X, 3).transform(new), (new - centre) @ axes.T, msg="scores of new rows", **NEAR)


def test_one_new_row(solution, rng):
    X, _, axes, centre = _known(rng)
    new = rng.normal(size=(1, 3)) * 5
    close(_fit(solution, X, 2).transform(new), (new - centre) @ axes[:2].T, msg="scores of one row", **NEAR)


def test_signs(solution, rng):
    X, scores, axes, centre = _known(rng, sizes=(6.0, 3.0, 2.0, 1.0))
    flipped = 2 * centre - X
    got = np.asarray(_fit(solution, flipped, 4).transform(flipped))
    close(got, -scores, msg="scores of the rows mirrored at their centre", **NEAR)
    ends = np.asarray(_fit(solution, X, 4).transform(centre + axes))
    close(ends, np.eye(4), msg="scores one step along each direction", **NEAR)


def test_all_components(solution, rng):
    X, _, _, _ = _known(rng)
    model = _fit(solution, X, 3)
    got = np.asarray(model.transform(X))
    close(np.sum(model.explained_ratio), 1.0, msg="sum of all ratios", **NEAR)
    close((got**2).sum(), ((X - X.mean(axis=0)) ** 2).sum(), msg="spread before and after", **NEAR)


def test_scores_unrelated(solution, rng):
    X = rng.normal(size=(15, 4)) @ rng.normal(size=(4, 4)) + 5.0
    got = np.asarray(_fit(solution, X, 3).transform(X))
    table = got.T @ got
    close(got.mean(axis=0), np.zeros(3), msg="mean of the scores", atol=1e-8)
    close(table - np.diag(np.diag(table)), np.zeros((3, 3)), msg="products of different scores", atol=1e-6)
    assert (np.diff(np.diag(table)) < 0).all(), f"the spread falls from score to score, got {np.diag(table)}"


def test_units_matter(solution, rng):
    X = rng.normal(size=(10, 2))
    X -= X.mean(axis=0)
    X = np.linalg.qr(X)[0] * [1000.0, 1.0]
    ratio = _fit(solution, X, 1).explained_ratio
    close(ratio, [1e6 / (1e6 + 1)], msg="ratio for a column in the thousands", rtol=1e-9)


def test_more_columns_than_rows(solution, rng):
    X = rng.normal(size=(4, 9)) + 2.0
    model = _fit(solution, X, 3)
    got = np.asarray(model.transform(X))
    rows = X - X.mean(axis=0)
    close(got @ got.T, rows @ rows.T, msg="inner products of rows before and after", **NEAR)
    close(np.sum(model.explained_ratio), 1.0, msg="sum of three ratios of four rows", **NEAR)


def test_flat_column(solution, rng):
    X, scores, _, _ = _known(rng)
    wide = np.column_stack([X, np.full(len(X), float(rng.integers(1, 9)))])
    model = _fit(solution, wide, 2)
    close(model.transform(wide), scores[:, :2], msg="scores with a column that never changes", **NEAR)
    close(model.explained_ratio, [25 / 30, 4 / 30], msg="explained_ratio", **NEAR)


def test_equal_rows(solution, rng):
    X = np.full((5, 3), float(rng.integers(1, 9)))
    model = _fit(solution, X, 2)
    close(model.explained_ratio, [0.0, 0.0], msg="explained_ratio when nothing varies")
    close(model.transform(X), np.zeros((5, 2)), msg="scores when nothing varies")


def test_illegal_k(solution, rng):
    for shape, k in (((5, 3), 4), ((3, 5), 4), ((5, 3), 0), ((5, 3), -1)):
        raises(ValueError, _fit, solution, rng.normal(size=shape), k)


def test_k_at_the_limit(solution, rng):
    for shape in ((6, 3), (3, 6)):
        X = rng.normal(size=shape)
        equal(
            np.shape(_fit(solution, X, 3).transform(X)), (shape[0], 3), msg=f"scores for X of shape {shape}"
        )


def test_whole_numbers(solution, rng):
    X = np.array([[1, 2], [2, 4], [3, 6], [7, 14]]) * int(rng.choice([1, 3, 5]))
    got = np.asarray(_fit(solution, X, 1).transform(X))
    close(got[:, 0], (X[:, 0] - X[:, 0].mean()) * np.sqrt(5.0), msg="scores of whole numbers", **NEAR)


def test_input_untouched(solution, rng):
    X = rng.normal(size=(7, 3))
    model = solution.PCA(2)
    unchanged(model.fit, X)
    unchanged(model.transform, X)


def test_not_fitted(solution, rng):
    raises(RuntimeError, solution.PCA(1).transform, rng.normal(size=(3, 2)))


def test_fitted_twice(solution, rng):
    X, scores, _, _ = _known(rng)
    model = _fit(solution, rng.normal(size=(6, 3)) * 9 - 20, 2)
    model.fit(X)
    close(model.transform(X), scores[:, :2], msg="scores after a second fit", **NEAR)


def test_far_from_zero(solution, rng):
    X, scores, _, _ = _known(rng)
    shifted = X + [1e6, -1e6, 1e6]
    got = _fit(solution, shifted, 2).transform(shifted)
    close(got, scores[:, :2], msg="scores of rows a million from zero", rtol=1e-5, atol=1e-5)
