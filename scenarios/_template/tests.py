import math

import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _by_hand(values, window):
    result = []
    for i in range(len(values)):
        seen = [v for v in values[max(0, i + 1 - window) : i + 1] if not math.isnan(v)]
        result.append(math.fsum(seen) / len(seen) if seen else math.nan)
    return result


def test_worked_example(solution, rng):
    close(solution.moving_average([1.0, 3.0, 5.0, 7.0], 2), [1.0, 2.0, 4.0, 6.0])


def test_same_length(solution, rng):
    values = rng.normal(size=int(rng.integers(5, 30))).tolist()
    equal(np.shape(solution.moving_average(values, 3)), (len(values),), msg="shape")


def test_random_values(solution, rng):
    values = rng.normal(size=40).tolist()
    window = int(rng.integers(2, 9))
    close(solution.moving_average(values, window), _by_hand(values, window), msg=f"window {window}")


def test_window_of_one(solution, rng):
    values = rng.normal(size=6).tolist()
    close(solution.moving_average(values, 1), values)


def test_fewer_values_than_window(solution, rng):
    values = rng.normal(size=4).tolist()
    close(solution.moving_average(values, 9), _by_hand(values, 9))


def test_illegal_window(solution, rng):
    for window in (0, -2):
        raises(ValueError, solution.moving_average, [1.0, 2.0], window)


def test_gaps_left_out(solution, rng):
    values = rng.normal(size=9).tolist()
    values[3] = values[4] = values[5] = math.nan
    close(solution.moving_average(values, 3), _by_hand(values, 3))


def test_nothing_in(solution, rng):
    equal(np.shape(solution.moving_average([], 3)), (0,), msg="shape of the result for no values")


def test_input_untouched(solution, rng):
    unchanged(solution.moving_average, rng.normal(size=8).tolist(), 3)


def test_spike_is_forgotten(solution, rng):
    values = [1e17, *rng.normal(size=20).tolist()]
    close(solution.moving_average(values, 3)[3:], _by_hand(values, 3)[3:], msg="three values after the spike")
