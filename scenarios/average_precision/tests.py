import math

import numpy as np

from interviewer.expect import close, raises


def _naive(labels, scores):
    """Each distinct score as a threshold in turn, everything counted anew."""
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=float)
    total, before = 0.0, 0.0
    for threshold in sorted(set(scores.tolist()), reverse=True):
        taken = scores >= threshold
        hits = (taken & (labels == 1)).sum()
        recall = hits / (labels == 1).sum()
        total += (recall - before) * hits / taken.sum()
        before = recall
    return float(total)


def _sample(rng, n):
    """A third of the rows positive, scores that help a little."""
    labels = rng.permutation(np.arange(n) % 3 == 0).astype(int)
    return labels, rng.normal(size=n) + labels


def test_five_rows(solution, rng):
    close(solution.average_precision([1, 0, 1, 0, 0], [0.9, 0.8, 0.7, 0.6, 0.5]), 5 / 6)


def test_perfect_order(solution, rng):
    close(solution.average_precision([0, 1, 0, 1], [0.1, 0.8, 0.3, 0.9]), 1.0)


def test_found_last(solution, rng):
    n = int(rng.integers(5, 30))
    close(solution.average_precision([1] + [0] * (n - 1), np.arange(n)), 1 / n)
    close(solution.average_precision([0, 1, 1], [3.0, 2.0, 1.0]), (1 / 2 + 2 / 3) / 2)


def test_random_rows(solution, rng):
    labels, scores = _sample(rng, 100)
    close(solution.average_precision(labels, scores), _naive(labels, scores))


def test_all_tied(solution, rng):
    score = float(rng.integers(-3, 9))
    close(solution.average_precision([0, 1, 0, 0, 1], [score] * 5), 0.4)
    close(solution.average_precision([1, 0, 0, 0], [score] * 4), 0.25)


def test_some_tied(solution, rng):
    close(solution.average_precision([1, 0, 1, 0], [0.5, 0.5, 0.9, 0.1]), 5 / 6, msg="positive first in the tie")
    close(solution.average_precision([0, 1, 1, 0], [0.5, 0.5, 0.9, 0.1]), 5 / 6, msg="negative first in the tie")
    labels = _sample(rng, 80)[0]
    scores = rng.integers(0, 5, size=80)
    close(solution.average_precision(labels, scores), _naive(labels, scores), msg="five distinct scores")


def test_row_order(solution, rng):
    labels = _sample(rng, 40)[0]
    scores = rng.integers(0, 4, size=40).astype(float)
    wanted = _naive(labels, scores)
    for _ in range(4):
        mixed = rng.permutation(40)
        close(solution.average_precision(labels[mixed], scores[mixed]), wanted, msg="the same rows in another order")


def test_only_positives(solution, rng):
    close(solution.average_precision([1, 1, 1], rng.normal(size=3)), 1.0)
    close(solution.average_precision([1], [0.0]), 1.0, msg="a single row")


def test_no_positives(solution, rng):
    raises(ValueError, solution.average_precision, [0, 0, 0], [0.2, 0.3, 0.1])


def test_no_rows(solution, rng):
    raises(ValueError, solution.average_precision, [], [])


def test_lengths(solution, rng):
    raises(ValueError, solution.average_precision, [0, 1, 1], [0.1, 0.2])
    raises(ValueError, solution.average_precision, [0, 1], [0.1, 0.2, 0.3])


def test_nan_score(solution, rng):
    scores = [0.1, 0.2, 0.3, 0.4]
    scores[rng.integers(4)] = math.nan
    raises(ValueError, solution.average_precision, [0, 1, 1, 1], scores)


def test_other_labels(solution, rng):
    raises(ValueError, solution.average_precision, [-1, 1, 1, -1], [0.1, 0.2, 0.3, 0.4])
    raises(ValueError, solution.average_precision, [0, 1, 2], [0.1, 0.2, 0.3])


def test_logits(solution, rng):
    shift = float(rng.uniform(20, 60))
    close(solution.average_precision([0, 1, 1, 0], [-7.3, -2.0, 3.0, 9.0]), (1 / 2 + 2 / 3) / 2)
    close(solution.average_precision([0, 1, 0, 1], [shift + 1, shift + 3, shift, shift + 2]), 1.0)


def test_close_scores(solution, rng):
    low = float(rng.uniform(0.4, 0.6))
    close(solution.average_precision([0, 1], [low, low + 1e-9]), 1.0)
    close(solution.average_precision([1, 0], [low, low + 1e-9]), 0.5)


def test_one_number(solution, rng):
    got = solution.average_precision([0, 1, 0], [0.0, 1.0, 2.0])
    assert isinstance(got, float), f"one float is wanted, got {type(got).__name__}"


def test_rows_doubled(solution, rng):
    labels, scores = _sample(rng, 30)
    wanted = _naive(labels, scores)
    times = int(rng.integers(2, 5))
    many, same = np.repeat(labels, times), np.repeat(scores, times)
    close(solution.average_precision(many, same), wanted, msg=f"every row {times} times")
    close(solution.average_precision(labels, np.exp(100 * scores)), wanted, msg="a rising function of the scores")
