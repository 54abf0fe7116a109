from itertools import combinations

import numpy as np

from interviewer.expect import close, equal, raises, unchanged

TINY = 1e-12


def _layer(solution, d, momentum=0.5, eps=TINY, **vectors):
    layer = solution.BN(d, momentum, eps)
    for name, values in vectors.items():
        setattr(layer, name, np.array(values, dtype=float))
    return layer


def _squares(X):
    """Sum of squared distances from the mean, by way of the distances between all pairs of rows."""
    return sum((a - b) ** 2 for a, b in combinations(np.asarray(X, dtype=float), 2)) / len(X)


def _spread(X):
    return np.sqrt(_squares(X) / len(X))


def _rows(rng, n, d=3):
    """Columns with means and spreads of their own, none near the starting values of a layer."""
    return rng.normal(size=(n, d)) * rng.uniform(2, 5, size=d) + rng.uniform(3, 9, size=d)


def test_training_columns(solution, rng):
    got = np.asarray(_layer(solution, 3, eps=1e-5).forward(_rows(rng, 50), True))
    equal(got.shape, (50, 3), msg="shape")
    close(got.mean(axis=0), np.zeros(3), msg="mean of each column")
    close(got.std(axis=0), np.ones(3), rtol=0.1, msg="rough spread of each column")


def test_serving_by_hand(solution, rng):
    layer = _layer(solution, 2, eps=1e-5, running_mean=[1.0, 10.0], running_var=[4.0, 25.0])
    close(layer.forward(np.array([[3.0, 0.0], [1.0, 15.0]]), False), [[1.0, -2.0], [0.0, 1.0]], atol=1e-3)


def test_running_mean_halfway(solution, rng):
    layer = _layer(solution, 2)
    layer.forward(np.array([[1.0, 4.0], [3.0, 8.0]]), True)
    close(layer.running_mean, [1.0, 3.0], msg="running_mean")


def test_normalised_by_n(solution, rng):
    for n in (3, 7):
        X = _rows(rng, n)
        want = (X - X.mean(axis=0)) / _spread(X)
        close(_layer(solution, 3).forward(X, True), want, msg=f"{n} rows")


def test_two_rows(solution, rng):
    low, gap = rng.normal(size=4) * 5, rng.uniform(1, 9, size=4)
    want = [[-1.0] * 4, [1.0] * 4]
    close(_layer(solution, 4).forward(np.array([low, low + gap]), True), want)


def test_running_variance_steps(solution, rng):
    layer, one, two = _layer(solution, 3), _rows(rng, 3), _rows(rng, 6)
    layer.forward(one, True)
    first = 0.5 + 0.5 * _squares(one) / 2
    close(layer.running_var, first, msg="running_var after one batch")
    layer.forward(two, True)
    close(layer.running_var, 0.5 * first + 0.5 * _squares(two) / 5, msg="running_var after two batches")


def test_weight_of_a_batch(solution, rng):
    momentum = float(rng.choice([0.1, 0.2, 0.7, 0.9]))
    layer, batches = _layer(solution, 3, momentum), [_rows(rng, 5) for _ in range(3)]
    shares = [momentum * (1 - momentum) ** (2 - k) for k in range(3)]
    for batch in batches:
        layer.forward(batch, True)
    want = sum(share * batch.mean(axis=0) for share, batch in zip(shares, batches, strict=True))
    close(layer.running_mean, want, msg=f"running_mean after three batches, momentum {momentum}")


def test_same_batch_many_times(solution, rng):
    layer, X, times = _layer(solution, 3, 0.2), _rows(rng, 6), int(rng.integers(5, 10))
    for _ in range(times):
        layer.forward(X, True)
    left = 0.8**times
    close(layer.running_mean, (1 - left) * X.mean(axis=0), msg="running_mean")
    close(layer.running_var, left + (1 - left) * _squares(X) / 5, msg="running_var")


def test_momentum_at_its_ends(solution, rng):
    one, two = _rows(rng, 4), _rows(rng, 5)
    still, quick = _layer(solution, 3, 0.0), _layer(solution, 3, 1.0)
    for layer in (still, quick):
        layer.forward(one, True)
        layer.forward(two, True)
    close(still.running_mean, np.zeros(3), msg="running_mean with momentum 0")
    close(quick.running_mean, two.mean(axis=0), msg="running_mean with momentum 1")


def test_serving_learns_nothing(solution, rng):
    layer, X = _layer(solution, 3, running_mean=[5.0, 6.0, 7.0], running_var=[4.0, 9.0, 16.0]), _rows(rng, 6)
    first = np.asarray(layer.forward(X, False))
    layer.forward(_rows(rng, 8) * 10, False)
    equal(layer.running_mean, [5.0, 6.0, 7.0], msg="running_mean after serving")
    equal(layer.running_var, [4.0, 9.0, 16.0], msg="running_var after serving")
    equal(layer.forward(X, False), first, msg="the same rows once more")


def test_serving_after_training(solution, rng):
    layer, X = _layer(solution, 3), _rows(rng, 5)
    for n in (4, 7):
        layer.forward(_rows(rng, n), True)
    mean, var = np.asarray(layer.running_mean), np.asarray(layer.running_var)
    close(layer.forward(X, False), (X - mean) / np.sqrt(var), msg="rows served with what was learnt")


def test_one_row_alone(solution, rng):
    layer, X = _layer(solution, 3, running_mean=[5.0, 6.0, 7.0], running_var=[4.0, 9.0, 16.0]), _rows(rng, 4)
    together = np.asarray(layer.forward(X, False))
    for i in range(4):
        close(layer.forward(X[i : i + 1], False), together[i : i + 1], msg=f"row {i} alone")


def test_no_rows_served(solution, rng):
    got = np.asarray(_layer(solution, 3).forward(np.zeros((0, 3)), False))
    equal(got.shape, (0, 3), msg="shape of what comes back for no rows")


def test_single_row_refused(solution, rng):
    raises(ValueError, _layer(solution, 3).forward, _rows(rng, 1), True)


def test_nothing_to_train_on(solution, rng):
    raises(ValueError, _layer(solution, 3).forward, np.zeros((0, 3)), True)


def test_refusal_leaves_no_trace(solution, rng):
    layer = _layer(solution, 3)
    layer.forward(_rows(rng, 4), True)
    mean, var = np.array(layer.running_mean), np.array(layer.running_var)
    raises(ValueError, layer.forward, _rows(rng, 1), True)
    equal(layer.running_mean, mean, msg="running_mean after a refused batch")
    equal(layer.running_var, var, msg="running_var after a refused batch")


def test_large_eps_in_training(solution, rng):
    X = np.array([[1.0, -2.0], [3.0, 12.0]]) + float(rng.integers(-5, 6))
    got = _layer(solution, 2, eps=15.0).forward(X, True)
    close(got, [[-0.25, -0.875], [0.25, 0.875]], msg="variances 1 and 49, eps 15")


def test_large_eps_in_serving(solution, rng):
    shift = float(rng.integers(-5, 6))
    layer = _layer(solution, 2, eps=15.0, running_mean=[shift, shift], running_var=[1.0, 49.0])
    got = layer.forward(np.array([[4.0, 4.0], [-2.0, 16.0]]) + shift, False)
    close(got, [[1.0, 0.5], [-0.5, 2.0]], msg="running variances 1 and 49, eps 15")


def test_no_variance_left(solution, rng):
    mean, away = rng.uniform(2, 5, size=2), rng.uniform(1, 2, size=2)
    layer = _layer(solution, 2, eps=0.01, running_mean=mean, running_var=[0.0, 0.0])
    got = layer.forward(np.array([mean, mean + away]), False)
    close(got, [[0.0, 0.0], 10 * away], msg="running variances 0, eps 0.01")


def test_constant_column(solution, rng):
    layer = _layer(solution, 2, eps=1e-4)
    for _ in range(3):
        got = np.asarray(layer.forward(np.column_stack([np.full(5, 0.7), _rows(rng, 5, 1)]), True))
        close(got[:, 0], np.zeros(5), msg="a column of 0.7")
    close(np.asarray(layer.running_var)[0], 0.125, msg="running_var of the column after three batches")


def test_scale_and_shift_in_training(solution, rng):
    gamma, beta, X = rng.uniform(2, 5, size=3), rng.uniform(1, 9, size=3), _rows(rng, 9)
    got = np.asarray(_layer(solution, 3, gamma=gamma, beta=beta).forward(X, True))
    close(got.mean(axis=0), beta, msg="mean of each column")
    close(got[0] - got[1], gamma * (X[0] - X[1]) / _spread(X), msg="first row minus second row")


def test_scale_and_shift_in_serving(solution, rng):
    gamma, beta = rng.uniform(2, 5, size=3), rng.uniform(1, 9, size=3)
    layer = _layer(
        solution, 3, gamma=gamma, beta=beta, running_mean=[1.0, 2.0, 3.0], running_var=[4.0, 9.0, 16.0]
    )
    got = layer.forward(np.array([[1.0, 2.0, 3.0], [3.0, 5.0, 7.0]]), False)
    close(got, [beta, beta + gamma])


def test_vectors_changed_between_calls(solution, rng):
    layer, X = _layer(solution, 3, running_mean=[1.0, 2.0, 3.0], running_var=[4.0, 4.0, 4.0]), _rows(rng, 4)
    before = np.asarray(layer.forward(X, False))
    gamma, beta = rng.uniform(2, 5, size=3), rng.uniform(1, 9, size=3)
    layer.gamma, layer.beta = gamma, beta
    close(layer.forward(X, False), gamma * before + beta, msg="after gamma and beta were set")
    layer.running_var = np.full(3, 16.0)
    close(layer.forward(X, False), gamma * before / 2 + beta, msg="after running_var was set")


def test_running_set_before_training(solution, rng):
    mean, X = rng.uniform(20, 30, size=3), _rows(rng, 5)
    layer = _layer(solution, 3, running_mean=mean)
    layer.forward(X, True)
    close(layer.running_mean, (mean + X.mean(axis=0)) / 2, msg="running_mean, halfway from what was set")


def test_fresh_layer(solution, rng):
    layer, X = _layer(solution, 3), _rows(rng, 4)
    for name, value in (("gamma", 1.0), ("beta", 0.0), ("running_mean", 0.0), ("running_var", 1.0)):
        close(getattr(layer, name), np.full(3, value), msg=f"{name} of a new layer")
    close(layer.forward(X, False), X, msg="rows served by a new layer")


def test_two_layers(solution, rng):
    one, two, X = _layer(solution, 3), _layer(solution, 3), _rows(rng, 5)
    one.forward(X, True)
    close(two.running_mean, np.zeros(3), msg="running_mean of the layer that saw nothing")
    two.forward(X * 3, True)
    close(one.running_mean, X.mean(axis=0) / 2, msg="running_mean of the first layer")


def test_argument_untouched(solution, rng):
    layer, X = _layer(solution, 3), _rows(rng, 5)
    unchanged(layer.forward, X, True)
    unchanged(layer.forward, X, False)


def test_whole_numbers(solution, rng):
    layer = _layer(solution, 2, running_mean=[0.5, 1.5], running_var=[4.0, 16.0])
    X = rng.integers(-9, 10, size=(4, 2))
    close(layer.forward(X, False), (X - [0.5, 1.5]) / [2.0, 4.0], msg="whole numbers served")
    X[:, 0], X[:, 1] = [1, 2, 4, 4], [0, 0, 1, 9]
    close(np.asarray(layer.forward(X, True)).sum(axis=0), [0.0, 0.0], msg="sums of the trained columns")


def test_single_precision(solution, rng):
    layer, X = _layer(solution, 3), _rows(rng, 5).astype(np.float32)
    exact = X.astype(float)
    got = np.asarray(layer.forward(X, True))
    equal(str(got.dtype), "float64", msg="type of the result")
    close(got, (exact - exact.mean(axis=0)) / _spread(exact), msg="float32 rows")


def test_far_from_zero(solution, rng):
    small = rng.permutation(np.arange(8.0))[:, None] * [0.25, 1.0]
    want = (small - small.mean(axis=0)) / _spread(small)
    close(_layer(solution, 2).forward(small + 1e8, True), want, atol=1e-6, msg="small spread, large mean")
