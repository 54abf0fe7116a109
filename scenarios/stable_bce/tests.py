import math

import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _loss(z, y, pos_weight=1.0):
    """The textbook formula, fine for moderate logits."""
    p = 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
    y = np.asarray(y, dtype=float)
    return -(pos_weight * y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


def _batch(rng, shape=(6, 3)):
    return rng.uniform(-4, 4, size=shape), rng.integers(0, 2, size=shape).astype(float)


def test_logit_zero(solution, rng):
    loss, grad = solution.bce_with_logits(np.zeros(2), np.array([0.0, 1.0]))
    close(loss, math.log(2), msg="loss")
    close(grad, [0.25, -0.25], msg="grad")


def test_random_batch(solution, rng):
    z, y = _batch(rng)
    loss, grad = solution.bce_with_logits(z, y)
    close(loss, _loss(z, y), msg="loss")
    equal(np.shape(grad), z.shape, msg="shape of grad")


def test_finite_differences(solution, rng):
    z, y = _batch(rng, (4, 2))
    weight = float(rng.uniform(2, 5))
    numeric = np.zeros_like(z)
    for cell in np.ndindex(*z.shape):
        up, down = z.copy(), z.copy()
        up[cell] += 1e-5
        down[cell] -= 1e-5
        numeric[cell] = (_loss(up, y, weight) - _loss(down, y, weight)) / 2e-5
    close(solution.bce_with_logits(z, y, weight)[1], numeric, rtol=1e-5, atol=1e-8, msg="grad")


def test_far_and_wrong(solution, rng):
    size = float(rng.integers(1000, 10000))
    loss, grad = solution.bce_with_logits(np.array([size, -size]), np.array([0.0, 1.0]))
    close(loss, size, msg="loss")
    close(grad, [0.5, -0.5], msg="grad")


def test_far_and_right(solution, rng):
    size = float(rng.integers(1000, 10000))
    loss, grad = solution.bce_with_logits(np.array([size, -size]), np.array([1.0, 0.0]))
    close(loss, 0.0, msg="loss")
    close(grad, [0.0, 0.0], msg="grad")


def test_rather_wrong(solution, rng):
    size = float(rng.integers(40, 300))
    close(solution.bce_with_logits(np.array([size]), np.array([0.0]))[0], size, msg="loss")


def test_tiny_loss(solution, rng):
    size = float(rng.integers(40, 80))
    for z, y in ((size, 1.0), (-size, 0.0)):
        loss, grad = solution.bce_with_logits(np.array([z]), np.array([y]))
        close(loss, math.exp(-size), rtol=1e-9, atol=0.0, msg=f"loss at a logit of {z}")
        close(np.abs(grad), [math.exp(-size)], rtol=1e-9, atol=0.0, msg=f"size of grad at a logit of {z}")


def test_soft_targets(solution, rng):
    z, y = rng.uniform(-3, 3, size=12), rng.uniform(0, 1, size=12)
    close(solution.bce_with_logits(z, y)[0], _loss(z, y), msg="loss")
    close(solution.bce_with_logits(z, y, 3.0)[0], _loss(z, y, 3.0), msg="loss with pos_weight 3")


def test_positive_weight(solution, rng):
    z, weight = rng.uniform(-3, 3, size=8), float(rng.uniform(2, 9))
    ones, zeros = np.ones(8), np.zeros(8)
    close(solution.bce_with_logits(z, ones, weight)[0], weight * _loss(z, ones), msg="all targets 1")
    close(solution.bce_with_logits(z, zeros, weight)[0], _loss(z, zeros), msg="all targets 0")


def test_weight_of_zero(solution, rng):
    z, y = _batch(rng)
    loss, grad = solution.bce_with_logits(z, np.ones_like(y), 0.0)
    close(loss, 0.0, msg="loss")
    close(grad, np.zeros_like(z), msg="grad")


def test_shapes_differ(solution, rng):
    raises(ValueError, solution.bce_with_logits, np.zeros((3, 1)), np.zeros(3))
    raises(ValueError, solution.bce_with_logits, np.zeros(3), np.zeros(1))
    raises(ValueError, solution.bce_with_logits, np.zeros((2, 3)), np.zeros((3, 2)))


def test_nothing(solution, rng):
    for shape in ((0,), (0, 4)):
        loss, grad = solution.bce_with_logits(np.zeros(shape), np.zeros(shape))
        close(loss, 0.0, msg="loss")
        equal(np.shape(grad), shape, msg="shape of grad")


def test_whole_numbers(solution, rng):
    z, y = rng.integers(-3, 4, size=9), rng.integers(0, 2, size=9)
    loss, grad = solution.bce_with_logits(z, y)
    close(loss, _loss(z, y), msg="loss")
    close(grad, (1 / (1 + np.exp(-z.astype(float))) - y) / 9, msg="grad")


def test_single_precision(solution, rng):
    z, y = _batch(rng, (50,))
    z, y = z.astype(np.float32), y.astype(np.float32)
    loss, grad = solution.bce_with_logits(z, y)
    close(loss, _loss(z, y), rtol=1e-12, msg="loss in double precision")
    equal(str(np.asarray(grad).dtype), "float64", msg="type of grad")


def test_arguments_untouched(solution, rng):
    unchanged(solution.bce_with_logits, *_batch(rng), 2.0)
