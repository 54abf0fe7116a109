from fractions import Fraction
from math import floor

import numpy as np

from interviewer.expect import equal, raises


def _split(solution, y, test_frac, seed=0):
    train, test = solution.stratified_split(y, test_frac, seed=seed)
    return np.asarray(train), np.asarray(test)


def _labels(rng, sizes):
    """Labels 0, 1, 2, ... in these numbers, mixed."""
    return rng.permutation(np.repeat(np.arange(len(sizes)), sizes))


def _count(y, rows):
    return {label: int((np.asarray(y)[rows] == label).sum()) for label in np.unique(y).tolist()}


def test_every_row_once(solution, rng):
    y = _labels(rng, [80, 16, 4])
    train, test = _split(solution, y, 0.25, seed=1)
    equal(sorted([*train.tolist(), *test.tolist()]), list(range(100)), msg="all rows, once each")


def test_shares(solution, rng):
    y = _labels(rng, [80, 16, 4])
    equal(_count(y, _split(solution, y, 0.25, seed=1)[1]), {0: 20, 1: 4, 2: 1}, msg="test rows per class")


def test_sorted_row_numbers(solution, rng):
    y = _labels(rng, [30, 20, 10])
    for rows in _split(solution, y, 0.3, seed=2):
        equal(str(rows.dtype.kind), "i", msg="kind of the indices")
        assert len(rows) > 1 and (np.diff(rows) > 0).all(), f"indices should increase: {rows}"


def test_picks_are_random(solution, rng):
    y = np.repeat([0, 1], 60)
    first, second = (_split(solution, y, 0.25, seed=seed)[1].tolist() for seed in (1, 2))
    assert first[:15] != list(range(15)), "the first rows of a class are not a random choice"
    assert first[:15] != list(range(45, 60)), "the last rows of a class are not a random choice"
    assert first != second, "two seeds give the same split"


def test_same_seed(solution, rng):
    y = _labels(rng, [40, 20, 9])
    seed = int(rng.integers(1000))
    train, test = _split(solution, y, 0.25, seed=seed)
    for _ in range(2):
        again_train, again_test = _split(solution, y, 0.25, seed=seed)
        equal(again_train, train, msg="train rows of a second call")
        equal(again_test, test, msg="test rows of a second call")


def test_random_sizes(solution, rng):
    sizes = 4 * rng.integers(1, 9, size=6) + rng.permutation([0, 0, 1, 1, 3, 3])
    y = _labels(rng, sizes)
    for test_frac in (0.25, 0.75):
        got = _count(y, _split(solution, y, test_frac)[1])
        wanted = {
            label: floor(Fraction(test_frac) * int(size) + Fraction(1, 2)) for label, size in enumerate(sizes)
        }
        equal(got, wanted, msg=f"test rows per class for {test_frac} of sizes {sizes.tolist()}")


def test_rare_on_both_sides(solution, rng):
    y = _labels(rng, [50, 2, 3])
    for test_frac in (0.1, 0.9):
        for rows in _split(solution, y, test_frac, seed=int(rng.integers(99))):
            equal(sorted(set(y[rows].tolist())), [0, 1, 2], msg=f"classes on one side at {test_frac}")


def test_one_row_class(solution, rng):
    y = _labels(rng, [10, 1])
    for seed in range(10):
        train, test = _split(solution, y, 0.75, seed=seed)
        equal(int((y[train] == 1).sum()), 1, msg="train rows of the lonely class")
        equal(int((y[test] == 1).sum()), 0, msg="test rows of the lonely class")


def test_halves_go_up(solution, rng):
    y = _labels(rng, [10, 6])
    for seed in range(6):
        equal(
            _count(y, _split(solution, y, 0.25, seed=seed)[1]), {0: 3, 1: 2}, msg="a quarter of 10 and of 6"
        )
    equal(len(_split(solution, np.zeros(5, dtype=int), 0.5)[1]), 3, msg="half of 5")


def test_text_labels(solution, rng):
    y = rng.permutation(np.array(["login", "billing", "login", "billing", "crash", "crash"]))
    wanted = {"billing": 1, "crash": 1, "login": 1}
    for seed in range(12):
        equal(_count(y, _split(solution, y, 0.5, seed=seed)[1]), wanted, msg="test rows per class")
    equal(len(_split(solution, y.tolist(), 0.5)[0]), 3, msg="train rows of a plain list")


def test_illegal_arguments(solution, rng):
    for test_frac in (0, 1, 1.5, -0.25):
        raises(ValueError, solution.stratified_split, np.array([0, 0, 1, 1]), test_frac)
    raises(ValueError, solution.stratified_split, np.array([], dtype=int), 0.25)


def test_single_class(solution, rng):
    train, test = _split(solution, np.full(8, 7), 0.25)
    equal((len(train), len(test)), (6, 2), msg="rows in train and test")


def test_classes_drawn_apart(solution, rng):
    y = np.repeat([0, 1, 2], 40)
    alike = 0
    for seed in rng.integers(0, 10_000, size=4):
        test = _split(solution, y, 0.25, seed=int(seed))[1]
        alike += (test[:10] == test[10:20] - 40).all() or (test[10:20] == test[20:] - 40).all()
    equal(int(alike), 0, msg="seeds for which two classes get the same places")
