import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _loss(logits, labels, weights, ignore=-1):
    """The definition row by row, with the log of the sum taken two at a time."""
    logits = np.asarray(logits, dtype=float)
    kept = [i for i, tag in enumerate(labels) if tag != ignore]
    row = {i: np.logaddexp.reduce(logits[i]) - logits[i, labels[i]] for i in kept}
    return sum(weights[labels[i]] * row[i] for i in kept) / sum(weights[labels[i]] for i in kept)


def _batch(rng, n=7, c=4):
    """Random logits, labels with every class and one row of padding, and unequal weights."""
    labels = rng.permutation(np.append(np.arange(n - 1) % c, -1))
    return rng.normal(scale=2, size=(n, c)), labels, rng.uniform(0.2, 3.0, size=c)


def test_two_equal_logits(solution, rng):
    loss, grad = solution.softmax_ce(np.array([[0.0, 0.0]]), np.array([0]))
    close(loss, np.log(2), msg="loss")
    close(grad, [[-0.5, 0.5]], msg="grad")


def test_weighted_mean(solution, rng):
    logits = np.log([[0.5, 0.5], [0.25, 0.75]])
    loss, _ = solution.softmax_ce(logits, np.array([0, 1]), [1.0, 3.0])
    close(loss, (np.log(2) + 3 * np.log(4 / 3)) / 4, msg="loss")


def test_random_batch(solution, rng):
    logits, labels, weights = _batch(rng)
    loss, grad = solution.softmax_ce(logits, labels, weights)
    close(loss, _loss(logits, labels, weights), msg="loss")
    equal(np.shape(grad), logits.shape, msg="shape of grad")


def test_finite_differences(solution, rng):
    logits, labels, weights = _batch(rng, n=6, c=4)
    _, grad = solution.softmax_ce(logits, labels, weights)
    step = 1e-5
    numeric = np.zeros_like(logits)
    for cell in np.ndindex(*logits.shape):
        up, down = logits.copy(), logits.copy()
        up[cell] += step
        down[cell] -= step
        numeric[cell] = (_loss(up, labels, weights) - _loss(down, labels, weights)) / (2 * step)
    close(grad, numeric, rtol=1e-5, atol=1e-7, msg="grad")


def test_as_many_rows_as_classes(solution, rng):
    logits = rng.normal(size=(3, 3)) + np.array([[0.0], [30.0], [-30.0]])
    labels = rng.permutation(3)
    loss, grad = solution.softmax_ce(logits, labels)
    close(loss, _loss(logits, labels, np.ones(3)), msg="loss")
    close(np.asarray(grad).sum(axis=1), np.zeros(3), msg="sum of each row of grad")


def test_huge_logits(solution, rng):
    size = float(rng.integers(1000, 5000))
    loss, grad = solution.softmax_ce(np.array([[size, 0.0], [-size, 0.0]]), np.array([0, 0]))
    close(loss, size / 2, msg="loss")
    close(grad, [[0.0, 0.0], [-0.5, 0.5]], msg="grad")


def test_rows_at_different_levels(solution, rng):
    level = -float(rng.integers(1500, 4000))
    loss, grad = solution.softmax_ce(np.array([[0.0, 0.0], [level, level]]), np.array([0, 1]))
    close(loss, np.log(2), msg="loss")
    close(grad, [[-0.25, 0.25], [0.25, -0.25]], msg="grad")


def test_confident_and_wrong(solution, rng):
    gap = float(rng.integers(150, 700))
    loss, _ = solution.softmax_ce(np.array([[0.0, gap]]), np.array([0]))
    close(loss, gap, msg="loss")


def test_padding_rows(solution, rng):
    logits, labels, weights = _batch(rng, n=8)
    real = labels != -1
    loss, grad = solution.softmax_ce(logits, labels, weights)
    short_loss, short_grad = solution.softmax_ce(logits[real], labels[real], weights)
    close(loss, short_loss, msg="loss with and without the padding row")
    close(np.asarray(grad)[real], short_grad, msg="grad of the other rows")
    close(np.asarray(grad)[~real], np.zeros((1, 4)), msg="grad of the padding row")


def test_other_padding_label(solution, rng):
    logits = rng.normal(size=(5, 3))
    ones = np.ones(3)
    far = np.array([0, 99, 1, 2, 99])
    close(solution.softmax_ce(logits, far, None, 99)[0], _loss(logits, far, ones, 99), msg="99 is padding")
    low = np.array([0, 1, 2, 0, 1])
    close(solution.softmax_ce(logits, low, None, 0)[0], _loss(logits, low, ones, 0), msg="0 is padding")


def test_only_padding(solution, rng):
    loss, grad = solution.softmax_ce(rng.normal(size=(2, 3)), np.array([-1, -1]))
    close(loss, 0.0, msg="loss")
    close(grad, np.zeros((2, 3)), msg="grad")


def test_no_rows(solution, rng):
    loss, grad = solution.softmax_ce(np.zeros((0, 3)), np.zeros(0, dtype=int))
    close(loss, 0.0, msg="loss")
    equal(np.shape(grad), (0, 3), msg="shape of grad")


def test_weight_zero(solution, rng):
    logits = rng.normal(size=(3, 2))
    loss, grad = solution.softmax_ce(logits, np.array([1, 1, 1]), [1.0, 0.0])
    close(loss, 0.0, msg="loss")
    close(grad, np.zeros((3, 2)), msg="grad")
    loss, _ = solution.softmax_ce(logits, np.array([1, 0, 1]), [1.0, 0.0])
    close(loss, _loss(logits[1:2], [0], [1.0, 0.0]), msg="loss when one row has weight")


def test_illegal_labels(solution, rng):
    logits = rng.normal(size=(2, 3))
    raises(ValueError, solution.softmax_ce, logits, np.array([0, 3]))
    raises(ValueError, solution.softmax_ce, logits, np.array([-2, 1]))
    raises(ValueError, solution.softmax_ce, logits, np.array([0, -1]), None, 99)


def test_arguments_untouched(solution, rng):
    unchanged(solution.softmax_ce, *_batch(rng))


def test_single_precision_input(solution, rng):
    logits, labels, weights = _batch(rng, n=40)
    logits = logits.astype(np.float32)
    loss, grad = solution.softmax_ce(np.asfortranarray(logits), labels, weights)
    close(loss, _loss(logits, labels, weights), rtol=1e-12, msg="loss in double precision")
    equal(str(np.asarray(grad).dtype), "float64", msg="type of grad")
