import numpy as np

from interviewer.expect import close, equal, unchanged


def _net(rng, d=3, h=5, c=4):
    return {
        "W1": rng.normal(size=(d, h)) * 0.7,
        "b1": rng.normal(size=h) * 0.5,
        "W2": rng.normal(size=(h, c)) * 0.7,
        "b2": rng.normal(size=c) * 0.5,
    }


def _batch(rng, n=9, d=3, c=4):
    """Random rows and labels in which every class occurs where there are rows enough."""
    return rng.normal(size=(n, d)), rng.permutation(np.arange(n) % c)


def _loss(params, X, y):
    """Mean of log(sum over k of exp(score k - score of the label)); complex parameters may come in."""
    z = X @ params["W1"] + params["b1"]
    scores = (z * (z.real > 0)) @ params["W2"] + params["b2"]
    gaps = scores - scores[np.arange(len(y)), y][:, None]
    return np.log(np.exp(gaps).sum(axis=1)).mean()


def _slopes(params, X, y, key):
    """Derivatives by a tiny imaginary step in one parameter at a time; nothing is propagated back."""
    slopes = np.zeros(params[key].shape)
    for cell in np.ndindex(slopes.shape):
        moved = params[key].astype(complex)
        moved[cell] += 1e-20j
        slopes[cell] = _loss({**params, key: moved}, X, y).imag / 1e-20
    return slopes


def _one_gradient(solution, rng, key):
    params, (X, y) = _net(rng), _batch(rng)
    _, grads = solution.loss_and_grads(params, X, y)
    close(grads[key], _slopes(params, X, y, key), msg=f"gradient of {key}")


def _everything(solution, params, X, y, msg=""):
    loss, grads = solution.loss_and_grads(params, X, y)
    close(loss, _loss(params, X, y), msg=f"loss {msg}".strip())
    close(grads, {key: _slopes(params, X, y, key) for key in params}, msg=f"grads {msg}".strip())


def test_worked_by_hand(solution, rng):
    params = {
        "W1": np.array([[1.0, 1.0], [1.0, -1.0]]),
        "b1": np.array([0.0, 0.0]),
        "W2": np.array([[2.0, 1.0], [7.0, 5.0]]),
        "b2": np.array([0.0, 3.0 + np.log(3.0)]),
    }
    loss, grads = solution.loss_and_grads(params, np.array([[1.0, 2.0]]), np.array([1]))
    close(loss, np.log(4 / 3), msg="loss")
    want = {
        "W1": [[0.25, 0.0], [0.5, 0.0]],
        "b1": [0.25, 0.0],
        "W2": [[0.75, -0.75], [0.0, 0.0]],
        "b2": [0.25, -0.25],
    }
    for key, value in want.items():
        close(grads[key], value, msg=f"gradient of {key}")


def test_loss_of_batch(solution, rng):
    params, (X, y) = _net(rng), _batch(rng)
    close(solution.loss_and_grads(params, X, y)[0], _loss(params, X, y), msg="loss")


def test_shapes_of_gradients(solution, rng):
    _, grads = solution.loss_and_grads(_net(rng), *_batch(rng))
    equal(sorted(grads), ["W1", "W2", "b1", "b2"], msg="keys of grads")
    for key, shape in {"W1": (3, 5), "b1": (5,), "W2": (5, 4), "b2": (4,)}.items():
        equal(np.shape(grads[key]), shape, msg=f"shape of the gradient of {key}")


def test_slope_of_w1(solution, rng):
    _one_gradient(solution, rng, "W1")


def test_slope_of_b1(solution, rng):
    _one_gradient(solution, rng, "b1")


def test_slope_of_w2(solution, rng):
    _one_gradient(solution, rng, "W2")


def test_slope_of_b2(solution, rng):
    _one_gradient(solution, rng, "b2")


def test_single_row(solution, rng):
    params, X, y = _net(rng), rng.normal(size=(1, 3)), np.array([3])
    params["b1"][:2] = np.array([1.0, -1.0]) - (X @ params["W1"])[0, :2]  # one unit on, one off
    params["b2"] -= 20.0
    _everything(solution, params, X, y, "of one row")


def test_one_hidden_unit(solution, rng):
    params = {**_net(rng, h=1), "b1": np.zeros(1)}
    X, y = _batch(rng, n=6)
    X[0], X[1] = params["W1"][:, 0], -params["W1"][:, 0]
    _everything(solution, params, X, y, "with one hidden unit")


def test_all_sizes_equal(solution, rng):
    params, (X, y) = _net(rng, 4, 4, 4), _batch(rng, 4, 4, 4)
    _everything(solution, params, X, y, "with all sizes equal")


def test_no_unit_active(solution, rng):
    params, (X, y) = _net(rng), _batch(rng)
    params["b1"], params["b2"][0] = -100.0 - rng.random(5), -1.0
    loss, grads = solution.loss_and_grads(params, X, y)
    weights = np.exp(params["b2"])
    share = np.bincount(y, minlength=4) / len(y)
    close(loss, np.log(weights.sum()) - share @ params["b2"], msg="loss")
    want = {"W1": np.zeros((3, 5)), "b1": np.zeros(5), "W2": np.zeros((5, 4))}
    want["b2"] = weights / weights.sum() - share
    close(grads, want, msg="grads")


def test_unit_at_zero(solution, rng):
    params, (X, y) = _net(rng, d=2, h=3), _batch(rng, d=2)
    a = rng.integers(1, 9, size=3).astype(float)
    params["W1"], params["b1"] = np.array([a, -a]), np.zeros(3)
    X[:, 0] = X[:, 1] = rng.integers(1, 9, size=len(X))
    _, grads = solution.loss_and_grads(params, X, y)
    close(grads["W1"], np.zeros((2, 3)), msg="gradient of W1 where every unit gets exactly 0")
    close(grads["b1"], np.zeros(3), msg="gradient of b1 where every unit gets exactly 0")


def test_huge_logits(solution, rng):
    size = float(rng.integers(1000, 5000))
    params = {"W1": np.array([[size]]), "b1": np.zeros(1), "W2": np.array([[1.0, 0.0]]), "b2": np.zeros(2)}
    loss, grads = solution.loss_and_grads(params, np.array([[1.0]]), np.array([1]))
    close(loss, size, msg="loss")
    want = {"W1": [[1.0]], "b1": [1.0], "W2": [[size, -size]], "b2": [1.0, -1.0]}
    for key, value in want.items():
        close(grads[key], value, msg=f"gradient of {key}")


def test_rows_at_different_levels(solution, rng):
    low = -float(rng.integers(1500, 5000))
    W2, b2 = np.array([[low, low]]), np.array([0.0, np.log(3.0)])
    params = {"W1": np.ones((1, 1)), "b1": np.zeros(1), "W2": W2, "b2": b2}
    loss, grads = solution.loss_and_grads(params, np.array([[1.0], [0.0]]), np.array([0, 1]))
    close(loss, (np.log(4.0) + np.log(4 / 3)) / 2, msg="loss")
    close(grads["b2"], [-0.25, 0.25], msg="gradient of b2")
    close(grads["W2"], [[-0.375, 0.375]], msg="gradient of W2")


def test_confident_and_wrong(solution, rng):
    gap = float(rng.integers(150, 650))
    params = {**_net(rng, d=2, h=3, c=2), "W2": np.zeros((3, 2)), "b2": np.array([gap, 0.0])}
    loss, _ = solution.loss_and_grads(params, rng.normal(size=(1, 2)), np.array([1]))
    close(loss, gap, msg="loss")


def test_penalty_in_loss(solution, rng):
    (X, y), l2 = _batch(rng), float(rng.uniform(0.1, 2.0))
    params = {**_net(rng), "b1": np.zeros(5), "b2": np.zeros(4)}
    plain, _ = solution.loss_and_grads(params, X, y)
    loss, _ = solution.loss_and_grads(params, X, y, l2)
    flat = np.append(params["W1"], params["W2"])
    close(loss - plain, l2 * (flat @ flat) / 2, msg="what the penalty adds to the loss")


def test_penalty_in_gradients(solution, rng):
    params, (X, y), l2 = _net(rng), _batch(rng), float(rng.uniform(0.1, 2.0))
    _, plain = solution.loss_and_grads(params, X, y)
    _, grads = solution.loss_and_grads(params, X, y, l2)
    for key in ("W1", "W2"):
        added = np.asarray(grads[key]) - np.asarray(plain[key])
        close(added, l2 * params[key], msg=f"what the penalty adds to the gradient of {key}")


def test_penalty_and_biases(solution, rng):
    params, (X, y), l2 = _net(rng), _batch(rng), float(rng.uniform(0.1, 2.0))
    none = {**params, "b1": np.zeros(5), "b2": np.zeros(4)}
    rise = solution.loss_and_grads(params, X, y, l2)[0] - solution.loss_and_grads(params, X, y)[0]
    bare = solution.loss_and_grads(none, X, y, l2)[0] - solution.loss_and_grads(none, X, y)[0]
    close(rise, bare, msg="what the penalty adds to the loss, with and without biases")
    _, plain = solution.loss_and_grads(params, X, y)
    _, grads = solution.loss_and_grads(params, X, y, l2)
    for key in ("b1", "b2"):
        close(grads[key], plain[key], msg=f"gradient of {key} with and without a penalty")


def test_absent_class(solution, rng):
    params, (X, _) = _net(rng), _batch(rng)
    y = rng.permutation(np.arange(len(X)) % 2) * 2
    loss, grads = solution.loss_and_grads(params, X, y)
    close(loss, _loss(params, X, y), msg="loss when only two of four classes occur")
    close(grads["b2"], _slopes(params, X, y, "b2"), msg="gradient of b2 when only two of four classes occur")


def test_no_rows(solution, rng):
    params = _net(rng)
    loss, grads = solution.loss_and_grads(params, np.zeros((0, 3)), np.zeros(0, dtype=int))
    close(loss, 0.0, msg="loss of no rows")
    close(grads, {key: np.zeros(value.shape) for key, value in params.items()}, msg="grads of no rows")
    (X, y), l2 = _batch(rng), float(rng.uniform(0.1, 2.0))
    rise = solution.loss_and_grads(params, X, y, l2)[0] - solution.loss_and_grads(params, X, y)[0]
    alone = solution.loss_and_grads(params, np.zeros((0, 3)), np.zeros(0, dtype=int), l2)[0]
    close(alone, rise, msg="loss of no rows with a penalty, against what it adds to other batches")


def test_arguments_untouched(solution, rng):
    unchanged(solution.loss_and_grads, _net(rng), *_batch(rng), 0.5)


def test_single_precision_input(solution, rng):
    params = {key: (value * 0.3).astype(np.float32) for key, value in _net(rng).items()}
    X, y = _batch(rng)
    X = X.astype(np.float32)
    loss, grads = solution.loss_and_grads(params, X, y)
    wide = {key: value.astype(float) for key, value in params.items()}
    close(loss, _loss(wide, X.astype(float), y), rtol=1e-10, msg="loss in double precision")
    for key in params:
        equal(str(np.asarray(grads[key]).dtype), "float64", msg=f"type of the gradient of {key}")


def test_rows_repeated(solution, rng):
    params, (X, y) = _net(rng), _batch(rng)
    loss, grads = solution.loss_and_grads(params, X, y, 0.3)
    again, grads_again = solution.loss_and_grads(params, np.vstack([X, X, X]), np.tile(y, 3), 0.3)
    close(again, loss, msg="loss when each row comes three times")
    for key in params:
        close(grads_again[key], grads[key], msg=f"gradient of {key} when each row comes three times")
