import numpy as np

from interviewer.expect import close, equal, raises, unchanged

LOOSE = {"rtol": 1e-6, "atol": 1e-7}


def _turned(rng, spreads, n=30):
    """Rows whose spread differs along the axes of a random rotation, away from the origin."""
    d = len(spreads)
    rotation = np.linalg.qr(rng.normal(size=(d, d)))[0]
    return (rng.normal(size=(n, d)) * spreads) @ rotation + rng.uniform(5, 20, size=d)


def _axes(X, k):
    """The k leading eigenvectors of the covariance as columns, and all eigenvalues, largest first."""
    values, vectors = np.linalg.eigh(np.cov(X, rowvar=False, bias=True))
    values, vectors = values[::-1], vectors[:, ::-1][:, :k]
    for column in vectors.T:
        if column[np.abs(column).argmax()] < 0:
            column *= -1
    return vectors, values


def _loadings(model, d):
    """The weight of every column in every component, read off the scores of unit rows."""
    scores = np.asarray(model.transform(np.vstack([np.eye(d), np.zeros((1, d))])))
    return scores[:d] - scores[d]


def test_points_on_a_line(solution, rng):
    X = np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 5.0], [6.0, 11.0]])
    model = solution.PCA(1).fit(X)
    close(model.transform(X), np.array([[-2.0], [-1.0], [0.0], [3.0]]) * np.sqrt(5.0), msg="scores")
    close(model.explained_ratio, [1.0], msg="explained_ratio")


def test_rectangle(solution, rng):
    X = [[3.0, 1.0], [3.0, -1.0], [-3.0, 1.0], [-3.0, -1.0]]
    model = solution.PCA(1).fit(X)
    close(model.transform([[2.0, 5.0]]), [[2.0]], msg="the long side carries the score")
    close(model.explained_ratio, [0.9], msg="explained_ratio of one component")
    close(solution.PCA(2).fit(X).explained_ratio, [0.9, 0.1], msg="explained_ratio of two")


def test_new_rows(solution, rng):
    X = _turned(rng, [6.0, 3.0, 1.5, 0.5])
    new = rng.normal(size=(7, 4)) * 10
    axes, _ = _axes(X, 2)
    got = solution.PCA(2).fit(X).transform(new)
    close(got, (new - X.mean(axis=0)) @ axes, msg="scores of rows that came later", **LOOSE)


def test_one_row_alone(solution, rng):
    X = _turned(rng, [6.0, 3.0, 1.0])
    new = rng.normal(size=(4, 3)) * 5
    model = solution.PCA(2).fit(X)
    together = np.asarray(model.transform(new))
    for i in range(4):
        close(model.transform(new[i : i + 1]), together[i : i + 1], msg=f"row {i} alone")


def test_largest_loading_positive(solution, rng):
    place = np.arange(6.0) * rng.uniform(1, 2) + rng.normal()
    falling = np.column_stack([place, -3.0 * place])
    loadings = _loadings(solution.PCA(1).fit(falling), 2)
    close(loadings, np.array([[-1.0], [3.0]]) / np.sqrt(10.0), msg="second column moves most")
    lopsided = np.column_stack([2.5 * place, -3.0 * place, 2.0 * place])
    loadings = _loadings(solution.PCA(1).fit(lopsided), 3)
    close(loadings[:, 0], np.array([-2.5, 3.0, -2.0]) / np.sqrt(19.25), msg="three columns")


def test_same_signs_again(solution, rng):
    X = _turned(rng, [8.0, 4.0, 2.0, 1.0, 0.5])
    axes, _ = _axes(X, 5)
    for rows in (X, X[::-1], rng.permutation(X), 2 * X.mean(axis=0) - X):
        close(_loadings(solution.PCA(5).fit(rows), 5), axes, msg="the same cloud of points", **LOOSE)


def test_ratio(solution, rng):
    X = _turned(rng, [6.0, 3.0, 1.5, 0.7])
    values = _axes(X, 4)[1]
    for k in (1, 3, 4):
        got = solution.PCA(k).fit(X).explained_ratio
        close(got, values[:k] / values.sum(), msg=f"explained_ratio, k={k}", **LOOSE)


def test_lengths_kept(solution, rng):
    X = _turned(rng, [5.0, 2.0, 1.0], n=12)
    scores = np.asarray(solution.PCA(3).fit(X).transform(X))
    moved = X - X.mean(axis=0)
    close((scores**2).sum(axis=1), (moved**2).sum(axis=1), msg="with every component, lengths stay", **LOOSE)


def test_more_columns_than_rows(solution, rng):
    X = rng.normal(size=(5, 9)) + 3.0
    model = solution.PCA(5).fit(X)
    scores = np.asarray(model.transform(X))
    moved = X - X.mean(axis=0)
    close(scores @ scores.T, moved @ moved.T, msg="five rows, five components", **LOOSE)
    close(np.sum(model.explained_ratio), 1.0, msg="sum of explained_ratio")


def test_number_of_components(solution, rng):
    tall, wide = rng.normal(size=(8, 3)), rng.normal(size=(3, 8))
    for k in (4, 0, -1):
        raises(ValueError, lambda k=k: solution.PCA(k).fit(tall))
        raises(ValueError, lambda k=k: solution.PCA(k).fit(wide))
    equal(np.shape(solution.PCA(3).fit(tall).transform(tall)), (8, 3), msg="k = 3 is possible")


def test_flat_column(solution, rng):
    X = _turned(rng, [4.0, 2.0, 1.0])
    with_flat = np.column_stack([X[:, :2], np.full(len(X), 0.3), X[:, 2]])
    model = solution.PCA(2).fit(with_flat)
    axes, values = _axes(X, 2)
    close(_loadings(model, 4)[[0, 1, 3]], axes, msg="loadings of the other columns", **LOOSE)
    close(_loadings(model, 4)[2], [0.0, 0.0], atol=1e-7, msg="loading of the flat column")
    close(model.explained_ratio, values[:2] / values.sum(), msg="explained_ratio", **LOOSE)


def test_all_rows_equal(solution, rng):
    row = rng.integers(-4, 9, size=3).astype(float)
    model = solution.PCA(2).fit(np.tile(row, (4, 1)))
    close(model.transform([row]), [[0.0, 0.0]], msg="scores")
    close(model.explained_ratio, [0.0, 0.0], msg="explained_ratio")


def test_all_rows_equal_tenths(solution, rng):
    model = solution.PCA(2).fit(np.full((3, 4), 0.1))
    close(model.explained_ratio, [0.0, 0.0], msg="explained_ratio of three equal rows")
    close(solution.PCA(1).fit([[0.7, 0.1, 5.0]]).explained_ratio, [0.0], msg="explained_ratio of one row")


def test_units_stay(solution, rng):
    X = _turned(rng, [2.0, 1.0, 0.5]) * [1.0, 300.0, 1.0]
    axes, values = _axes(X, 3)
    model = solution.PCA(1).fit(X)
    close(_loadings(model, 3), axes[:, :1], msg="the column in small units weighs most", **LOOSE)
    close(model.explained_ratio, values[:1] / values.sum(), msg="explained_ratio", **LOOSE)


def test_far_from_zero(solution, rng):
    X = np.round(_turned(rng, [5.0, 2.0, 1.0]) * 64) / 64
    axes, values = _axes(X, 2)
    model = solution.PCA(2).fit(X + 2.0**26)
    close(model.explained_ratio, values[:2] / values.sum(), rtol=1e-5, msg="explained_ratio")
    close(model.transform(X + 2.0**26), (X - X.mean(axis=0)) @ axes, rtol=1e-5, atol=1e-5, msg="scores")


def test_nothing_learnt_later(solution, rng):
    X, new = _turned(rng, [5.0, 2.0, 1.0]), _turned(rng, [1.0, 9.0, 4.0]) * 30
    first, second = solution.PCA(2), solution.PCA(2)
    unchanged(first.fit, X)
    before = np.asarray(unchanged(first.transform, X))
    first.transform(new)
    second.fit(new)
    close(first.transform(X), before, msg="training rows after other rows were seen")


def test_whole_numbers(solution, rng):
    X = rng.integers(-9, 10, size=(6, 2)) * [3, 1] + [[0, 5]]
    exact = np.asarray(solution.PCA(2).fit(X.astype(float)).transform(X.astype(float)))
    wanted = (X - X.mean(axis=0)) @ _axes(X, 2)[0]
    close(exact, wanted, msg="as floats", **LOOSE)
    close(solution.PCA(2).fit(X.tolist()).transform(X.tolist()), wanted, msg="as lists of ints", **LOOSE)


def test_misuse(solution, rng):
    raises(RuntimeError, lambda: solution.PCA(1).transform([[1.0, 2.0]]))
    model = solution.PCA(1).fit(_turned(rng, [3.0, 1.0, 0.5]))
    raises(ValueError, model.transform, np.ones((2, 4)))
    raises(ValueError, model.transform, np.ones((2, 1)))
