import numpy as np

from interviewer.expect import close, equal, raises

NAN = np.nan


def _columns(rng, n=30):
    """Four columns of unlike units."""
    return rng.normal(size=(n, 4)) * [1.0, 1e6, 1e-9, 20.0] + [5.0, -1e6, 0.0, 300.0]


def test_two_columns(solution, rng):
    X = np.array([[1.0, 10.0], [3.0, 30.0]])
    close(solution.Scaler().fit(X).transform(X), [[-1.0, -1.0], [1.0, 1.0]])


def test_mean_and_spread(solution, rng):
    X = _columns(rng)
    got = np.asarray(solution.Scaler().fit(X).transform(X))
    close(got.mean(axis=0), np.zeros(4), atol=1e-7, msg="mean of the scaled columns")
    close(got.std(axis=0), np.ones(4), rtol=1e-7, msg="spread of the scaled columns, dividing by n")


def test_new_rows(solution, rng):
    train, new = _columns(rng), _columns(rng, 7) * 3
    got = solution.Scaler().fit(train).transform(new)
    close(got, (new - train.mean(axis=0)) / train.std(axis=0), msg="new rows in units of the training rows")


def test_one_new_row(solution, rng):
    train, new = _columns(rng), _columns(rng, 6)
    scaler = solution.Scaler().fit(train)
    together = np.asarray(scaler.transform(new))
    for i in range(6):
        close(np.asarray(scaler.transform(new[i : i + 1]))[0], together[i], msg=f"row {i} alone")


def test_nothing_learnt_later(solution, rng):
    train, new = _columns(rng), _columns(rng, 8) * 100
    scaler = solution.Scaler().fit(train)
    before = np.asarray(scaler.transform(train))
    scaler.transform(new)
    scaler.inverse(new)
    close(scaler.transform(train), before, msg="training rows after other rows were scaled")


def test_there_and_back(solution, rng):
    train, new = _columns(rng), _columns(rng, 8)
    scaler = solution.Scaler().fit(train)
    close(scaler.inverse(scaler.transform(new)), new, rtol=1e-7, atol=1e-15, msg="inverse of transform")


def test_constant_column(solution, rng):
    value = float(rng.integers(1, 9))
    train = np.column_stack([_columns(rng, 9)[:, 0], np.full(9, value)])
    scaler = solution.Scaler().fit(train)
    close(np.asarray(scaler.transform(train))[:, 1], np.zeros(9), msg="the constant column")
    other = [[1.0, value], [2.0, value + 7.0]]
    close(np.asarray(scaler.transform(other))[:, 1], [0.0, 0.0], msg="a new value in it")
    close(np.asarray(scaler.inverse([[0.5, 0.0]]))[:, 1], [value], msg="the constant, back")


def test_constant_fractions(solution, rng):
    train = np.column_stack([np.full(6, 0.7), np.full(6, 0.1), rng.normal(size=6)])
    scaler = solution.Scaler().fit(train)
    close(np.asarray(scaler.transform(train))[:, :2], np.zeros((6, 2)), msg="columns of 0.7 and 0.1")
    train = np.full((3, 1), 0.1)
    close(solution.Scaler().fit(train).transform([[0.1], [5.0]]), [[0.0], [0.0]], msg="three times 0.1")


def test_gaps(solution, rng):
    X = np.array([[1.0, NAN], [NAN, 4.0], [3.0, 8.0], [NAN, 6.0]])
    third = 2.0 / np.sqrt(8.0 / 3.0)
    wanted = [[-1.0, NAN], [NAN, -third], [1.0, third], [NAN, 0.0]]
    close(solution.Scaler().fit(X).transform(X), wanted, msg="gaps stay gaps and count for nothing")


def test_gap_in_constant_column(solution, rng):
    scaler = solution.Scaler().fit([[4.0], [NAN], [4.0]])
    close(scaler.transform([[4.0], [NAN], [9.0]]), [[0.0], [NAN], [0.0]])


def test_column_of_gaps(solution, rng):
    train = np.column_stack([np.full(4, NAN), [1.0, 2.0, 3.0, 6.0]])
    scaler = solution.Scaler().fit(train)
    got = np.asarray(scaler.transform([[5.0, 3.0], [NAN, 3.0]]))
    close(got, [[NAN, 0.0], [NAN, 0.0]], msg="nothing is known about the first column")


def test_whole_numbers(solution, rng):
    shift = int(rng.integers(-5, 6))
    X = np.array([[0, 1], [1, 1], [5, 4]]) + shift
    exact = X.astype(float)
    close(solution.Scaler().fit(X).transform(X), (exact - exact.mean(axis=0)) / exact.std(axis=0))


def test_one_training_row(solution, rng):
    scaler = solution.Scaler().fit([[2.0, 5.0]])
    close(scaler.transform([[2.0, 5.0], [3.0, 1.0]]), np.zeros((2, 2)))


def test_other_columns(solution, rng):
    scaler = solution.Scaler().fit(_columns(rng))
    raises(ValueError, scaler.transform, np.ones((2, 3)))
    raises(ValueError, scaler.inverse, np.ones((2, 5)))
    raises(ValueError, scaler.transform, np.ones((2, 1)))


def test_before_fit(solution, rng):
    raises(RuntimeError, solution.Scaler().transform, np.ones((2, 2)))
    raises(RuntimeError, solution.Scaler().inverse, np.ones((2, 2)))


def test_two_scalers(solution, rng):
    first, second = _columns(rng), _columns(rng) * 5 + 1
    one, two = solution.Scaler().fit(first), solution.Scaler().fit(second)
    close(one.transform(first), (first - first.mean(axis=0)) / first.std(axis=0), msg="the first scaler")
    close(two.transform(first), (first - second.mean(axis=0)) / second.std(axis=0), msg="the second scaler")
