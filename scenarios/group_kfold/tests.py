import numpy as np

from interviewer.expect import equal, raises


def _rows(sizes, names=None):
    names = names or [f"p{i}" for i in range(len(sizes))]
    return [name for name, size in zip(names, sizes) for _ in range(size)]


def _agree(got, expected, msg=""):
    assert got is not None, "nothing was returned"
    equal(np.asarray(got), np.asarray(expected), msg=msg)


def test_two_patients(solution, rng):
    _agree(solution.group_kfold(["a", "a", "b", "a"], 2), [0, 0, 1, 0])


def test_known_sizes(solution, rng):
    got = solution.group_kfold(_rows([1, 3, 5, 4, 2]), 2)
    _agree(got, _rows([1, 3, 5, 4, 2], [0, 1, 0, 1, 0]))


def test_whole_groups(solution, rng):
    groups = rng.integers(0, 8, size=40).tolist() + list(range(8))
    got = np.asarray(solution.group_kfold(groups, 3)).tolist()
    equal(len(got), 48, msg="one fold per row")
    equal(len(set(zip(groups, got))), 8, msg="pairs of group and fold")


def test_random_groups(solution, rng):
    sizes = rng.permutation(np.arange(2, 11)).tolist()
    load, fold_of = [0, 0, 0], {}
    for size in range(10, 1, -1):
        emptiest = min((rows, fold) for fold, rows in enumerate(load))[1]
        fold_of[size], load[emptiest] = emptiest, load[emptiest] + size
    _agree(solution.group_kfold(_rows(sizes), 3), _rows(sizes, [fold_of[size] for size in sizes]))


def test_one_giant(solution, rng):
    giant = int(rng.integers(20, 40))
    got = solution.group_kfold(_rows([1, 1, giant, 1, 1]), 2)
    _agree(got, [1, 1, *[0] * giant, 1, 1], msg=f"one group of {giant}, four of 1:")


def test_equal_sizes(solution, rng):
    names = rng.permutation([f"p{i}" for i in range(6)]).tolist()
    _agree(solution.group_kfold(_rows([2] * 6, names), 3), _rows([2] * 6, [0, 1, 2, 0, 1, 2]))


def test_k_equals_groups(solution, rng):
    n = int(rng.integers(3, 7))
    _agree(
        solution.group_kfold(_rows(list(range(n, 0, -1))), n), _rows(list(range(n, 0, -1)), list(range(n)))
    )


def test_one_fold(solution, rng):
    groups = rng.choice(["a", "b", "c"], size=6).tolist()
    _agree(solution.group_kfold(groups, 1), [0] * 6)


def test_too_many_folds(solution, rng):
    n = int(rng.integers(2, 6))
    raises(ValueError, solution.group_kfold, _rows([2] * n), n + 1)
    raises(ValueError, solution.group_kfold, ["a", "b"], 0)
    raises(ValueError, solution.group_kfold, [], 1)


def test_mixed_rows(solution, rng):
    groups, folds = _rows([5, 4, 3, 1]), _rows([5, 4, 3, 1], [0, 1, 1, 0])
    mixed = rng.permutation(13).tolist()
    _agree(solution.group_kfold([groups[i] for i in mixed], 2), [folds[i] for i in mixed], msg="mixed rows:")


def test_text_ids(solution, rng):
    ids = rng.permutation(["x-9", "10", "Ann B", "b"]).tolist()
    _agree(solution.group_kfold(_rows([4, 3, 2, 1], ids), 2), [0] * 4 + [1] * 3 + [1] * 2 + [0])
