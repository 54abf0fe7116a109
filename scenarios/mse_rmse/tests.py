import math

import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _pair(rng, n):
    return rng.normal(size=n) * 10, rng.normal(size=n) * 10


def test_worked_example(solution, rng):
    mse, rmse = solution.mse_rmse([3.0, -0.5, 2.0, 7.0], [2.5, 0.0, 2.0, 8.0])
    close(mse, 0.375, msg="mse")
    close(rmse, 0.6124, atol=1e-4, msg="rmse")


def test_perfect_forecast(solution, rng):
    values = rng.normal(size=7).tolist()
    close(solution.mse_rmse(values, values), (0.0, 0.0), msg="(mse, rmse)")


def test_random_lists(solution, rng):
    truth, guess = _pair(rng, int(rng.integers(20, 60)))
    mse = math.fsum((a - b) ** 2 for a, b in zip(truth, guess)) / len(truth)
    close(solution.mse_rmse(truth.tolist(), guess.tolist()), (mse, math.sqrt(mse)), msg="(mse, rmse)")


def test_single_value(solution, rng):
    miss = float(rng.uniform(2, 9))
    close(solution.mse_rmse([1.0], [1.0 + miss]), (miss * miss, miss), msg="(mse, rmse) of one value")


def test_sign_does_not_matter(solution, rng):
    truth, guess = (v.tolist() for v in _pair(rng, 9))
    close(solution.mse_rmse(guess, truth), solution.mse_rmse(truth, guess), msg="arguments swapped")
    mse, _ = solution.mse_rmse([0.0, 0.0], [-2.0, 2.0])
    close(mse, 4.0, msg="errors of -2 and 2")


def test_empty(solution, rng):
    raises(ValueError, solution.mse_rmse, [], [])


def test_unequal_lengths(solution, rng):
    values = rng.normal(size=5).tolist()
    raises(ValueError, solution.mse_rmse, values, values[:4])
    raises(ValueError, solution.mse_rmse, values[:4], values)


def test_integers(solution, rng):
    low = int(rng.integers(-5, 6))
    mse, rmse = solution.mse_rmse([low, low + 1, low + 2], [low + 1, low + 1, low + 4])
    close(mse, 5 / 3, msg="mse")
    close(rmse, math.sqrt(5 / 3), msg="rmse")


def test_arrays(solution, rng):
    truth, guess = _pair(rng, 12)
    mse = ((truth - guess) ** 2).mean()
    close(solution.mse_rmse(truth, guess), (mse, mse**0.5), msg="(mse, rmse) of arrays")


def test_not_a_number_shows(solution, rng):
    mse, rmse = solution.mse_rmse([1.0, float("nan"), 3.0], [1.0, 2.0, 3.0])
    assert math.isnan(mse), f"mse is {mse}, a missing value must show"
    assert math.isnan(rmse), f"rmse is {rmse}, a missing value must show"


def test_input_untouched(solution, rng):
    truth, guess = (v.tolist() for v in _pair(rng, 6))
    unchanged(solution.mse_rmse, truth, guess)


def test_large_values(solution, rng):
    size = 10.0 ** int(rng.integers(90, 120))
    mse, rmse = solution.mse_rmse([size, 0.0], [0.0, size])
    close(mse / size / size, 1.0, msg="mse, as a share of the square")
    close(rmse / size, 1.0, msg="rmse, as a share of the error")


def test_two_plain_numbers(solution, rng):
    result = solution.mse_rmse(*_pair(rng, 4))
    equal(len(result), 2, msg="number of results")
    equal([np.ndim(value) for value in result], [0, 0], msg="dimensions of the results")
