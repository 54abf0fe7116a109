import math

import numpy as np

from interviewer.expect import close, raises


def _pairs(labels, scores):
    """Share of (fraud, normal) pairs in the right order, a tie counting one half."""
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=float)
    fraud, normal = scores[labels == 1][:, None], scores[labels == 0][None, :]
    return ((fraud > normal).sum() + 0.5 * (fraud == normal).sum()) / (fraud.size * normal.size)


def _sample(rng, n):
    """Labels with both classes and scores that help a little."""
    labels = rng.permutation(np.arange(n) % 3 == 0).astype(int)
    return labels, rng.normal(size=n) + labels


def test_four_rows(solution, rng):
    close(solution.roc_auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 0.75)


def test_perfect_and_reversed(solution, rng):
    close(solution.roc_auc([0, 0, 1], [0.1, 0.2, 0.9]), 1.0, msg="fraud on top")
    close(solution.roc_auc([1, 0, 0], [0.1, 0.2, 0.9]), 0.0, msg="fraud at the bottom")


def test_share_of_pairs(solution, rng):
    labels, scores = _sample(rng, 150)
    close(solution.roc_auc(labels, scores), _pairs(labels, scores))


def test_all_tied(solution, rng):
    score = float(rng.integers(-3, 9))
    close(solution.roc_auc([0, 1, 0, 1, 1], [score] * 5), 0.5)
    close(solution.roc_auc([1, 1, 0], [score] * 3), 0.5)


def test_some_tied(solution, rng):
    close(solution.roc_auc([1, 0, 1, 0], [0.5, 0.5, 0.9, 0.1]), 0.875, msg="fraud first in the tie")
    close(solution.roc_auc([0, 1, 1, 0], [0.5, 0.5, 0.9, 0.1]), 0.875, msg="normal first in the tie")
    labels = _sample(rng, 90)[0]
    scores = rng.integers(0, 5, size=90)
    close(solution.roc_auc(labels, scores), _pairs(labels, scores), msg="five distinct scores")


def test_row_order(solution, rng):
    labels = _sample(rng, 40)[0]
    scores = rng.integers(0, 4, size=40).astype(float)
    wanted = _pairs(labels, scores)
    for _ in range(4):
        mixed = rng.permutation(40)
        close(solution.roc_auc(labels[mixed], scores[mixed]), wanted, msg="the same rows in another order")


def test_logits(solution, rng):
    close(solution.roc_auc([0, 1, 0, 1], [-7.3, -2.0, 3.0, 9.0]), 0.75)
    shift = float(rng.uniform(20, 60))
    close(solution.roc_auc([0, 1, 0, 1], [shift + 1, shift + 3, shift, shift + 2]), 1.0)


def test_close_scores(solution, rng):
    low = float(rng.uniform(0.4, 0.6))
    close(solution.roc_auc([0, 1], [low, low + 1e-9]), 1.0)
    close(solution.roc_auc([1, 0], [low, low + 1e-9]), 0.0)


def test_one_class(solution, rng):
    raises(ValueError, solution.roc_auc, [1, 1], [0.2, 0.3])
    raises(ValueError, solution.roc_auc, [0, 0, 0], [0.2, 0.3, 0.1])


def test_no_rows(solution, rng):
    raises(ValueError, solution.roc_auc, [], [])


def test_lengths(solution, rng):
    raises(ValueError, solution.roc_auc, [0, 1, 1], [0.1, 0.2])
    raises(ValueError, solution.roc_auc, [0, 1], [0.1, 0.2, 0.3])


def test_nan_score(solution, rng):
    scores = [0.1, 0.2, 0.3, 0.4]
    scores[rng.integers(4)] = math.nan
    raises(ValueError, solution.roc_auc, [0, 1, 0, 1], scores)


def test_other_labels(solution, rng):
    raises(ValueError, solution.roc_auc, [-1, 1, 1, -1], [0.1, 0.2, 0.3, 0.4])
    raises(ValueError, solution.roc_auc, [0, 1, 2], [0.1, 0.2, 0.3])


def test_one_number(solution, rng):
    got = solution.roc_auc([0, 1, 0], [0.0, 1.0, 2.0])
    assert isinstance(got, float), f"one float is wanted, got {type(got).__name__}"


def test_rare_fraud(solution, rng):
    row = int(rng.integers(300, 2700))
    labels = np.zeros(3000, dtype=int)
    labels[row] = 1
    close(solution.roc_auc(labels, np.arange(3000.0)), row / 2999)


def test_any_scale(solution, rng):
    labels, scores = _sample(rng, 60)
    wanted = _pairs(labels, scores)
    close(solution.roc_auc(labels, np.exp(200 * scores)), wanted, msg="a rising function of the scores")
    close(solution.roc_auc(labels, -scores * 1e307), 1 - wanted, msg="scores turned round and huge")
    edge = float(rng.uniform(1.2, 1.7)) * 1e308
    close(solution.roc_auc([1, 0, 0, 1], [-edge, -1.0, 1.0, edge]), 0.5, msg="almost the largest floats")
