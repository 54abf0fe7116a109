import math

import numpy as np

from interviewer.expect import close, raises


def _naive(y, p, bins=10):
    """Bin by bin, its rows picked out by the edges k / bins."""
    total = 0.0
    for k in range(bins):
        low, high = k / bins, (k + 1) / bins
        rows = [(a, b) for a, b in zip(y, p) if low <= b and (b < high or k == bins - 1)]
        if rows:
            stated = math.fsum(b for _, b in rows) / len(rows)
            real = sum(a for a, _ in rows) / len(rows)
            total += len(rows) / len(y) * abs(stated - real)
    return total


def _sample(rng, n):
    """Probabilities all over, labels that come true less often than stated."""
    p = rng.uniform(size=n)
    return (rng.random(n) < p**2).astype(int), p


def test_four_loans(solution, rng):
    close(solution.ece([0, 1, 1, 1], [0.12, 0.18, 0.85, 0.87]), 0.5 * 0.35 + 0.5 * 0.14)


def test_one_full_bin(solution, rng):
    close(solution.ece([1, 0, 0, 0, 0], [0.24, 0.26, 0.25, 0.22, 0.28]), 0.05)


def test_random_loans(solution, rng):
    y, p = _sample(rng, 120)
    close(solution.ece(y, p), _naive(y, p))


def test_other_number_of_bins(solution, rng):
    y, p = _sample(rng, 60)
    for bins in (1, 3, 15):
        close(solution.ece(y, p, bins), _naive(y, p, bins), msg=f"{bins} bins")


def test_uneven_bins(solution, rng):
    n = int(rng.integers(10, 40))
    got = solution.ece([0] * n + [1], [0.05] * n + [0.55])
    close(got, (n * 0.05 + 0.45) / (n + 1), msg="many rows in one bin, one in another")


def test_as_good_as_stated(solution, rng):
    close(solution.ece([1, 0, 0, 0, 1, 1, 1, 0], [0.25] * 4 + [0.75] * 4), 0.0)
    close(solution.ece([0, 0, 1, 1], [0.0, 0.0, 1.0, 1.0]), 0.0, msg="sure and right")


def test_always_wrong(solution, rng):
    close(solution.ece([1, 0, 1], [0.0, 1.0, 0.0]), 1.0)


def test_probability_one(solution, rng):
    close(solution.ece([0, 0, 1, 1], [1.0, 1.0, 0.94, 0.96]), 0.475)


def test_on_the_edge(solution, rng):
    for k in range(1, 10):
        edge = k / 10
        close(solution.ece([1, 0], [edge, edge + 0.05]), abs(edge + 0.025 - 0.5), msg=f"p = {edge}")


def test_errors_cancel_inside(solution, rng):
    close(solution.ece([1, 0], [0.41, 0.49]), 0.05)
    y, p = _sample(rng, 50)
    close(solution.ece(y, p, 1), abs(float(np.mean(p)) - float(np.mean(y))), msg="one bin")


def test_outside(solution, rng):
    far = float(rng.uniform(0.01, 3.0))
    raises(ValueError, solution.ece, [0, 1], [0.2, 1 + far])
    raises(ValueError, solution.ece, [0, 1], [-far, 0.7])


def test_nan(solution, rng):
    p = [0.2, 0.6, 0.9]
    p[rng.integers(3)] = math.nan
    raises(ValueError, solution.ece, [0, 1, 1], p)


def test_no_bins(solution, rng):
    raises(ValueError, solution.ece, [0, 1], [0.2, 0.7], 0)
    raises(ValueError, solution.ece, [0, 1], [0.2, 0.7], -int(rng.integers(1, 5)))


def test_no_rows(solution, rng):
    raises(ValueError, solution.ece, [], [])


def test_lengths(solution, rng):
    raises(ValueError, solution.ece, [0, 1, 1], [0.2, 0.7])
    raises(ValueError, solution.ece, [1], [0.2, 0.7])


def test_other_labels(solution, rng):
    raises(ValueError, solution.ece, [-1, 1], [0.2, 0.7])
    raises(ValueError, solution.ece, [0, 2, 1], [0.2, 0.7, 0.9])


def test_many_bins(solution, rng):
    for bins, k in ((100, 29), (100, 57), (100, 58), (50, 29)):
        edge = k / bins
        close(solution.ece([1, 0], [edge, edge + 0.4 / bins], bins), abs(edge + 0.2 / bins - 0.5), msg=f"p = {edge}")
    y, p = _sample(rng, 40)
    p = np.round(p * 100) / 100
    close(solution.ece(y, p, 100), _naive(y, p, 100), msg="probabilities in whole percents")
