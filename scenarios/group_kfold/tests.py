import numpy as np

from interviewer.expect import equal, raises, unchanged


def _rows(rng, sizes, names=None):
    """Ids of groups of the given sizes, the rows mixed."""
    names = list(range(len(sizes))) if names is None else names
    rows = [name for name, size in zip(names, sizes) for _ in range(size)]
    return [rows[i] for i in rng.permutation(len(rows))]


def _dealt(solution, groups, k):
    return np.asarray(solution.group_kfold(groups, k)).tolist()


def _folds(solution, groups, k):
    """Group to the set of its folds, and the rows per fold."""
    folds = _dealt(solution, groups, k)
    equal(len(folds), len(groups), msg="one fold per row")
    where = {}
    for group, fold in zip(groups, folds):
        where.setdefault(group, set()).add(fold)
    return where, [folds.count(fold) for fold in range(k)]


def _even(sizes, k):
    """Rows per fold when the largest group always goes where the fewest rows are, smallest fold first."""
    folds = [0] * k
    for size in sorted(sizes, reverse=True):
        folds = sorted(folds)
        folds[0] += size
    return sorted(folds)


def test_five_patients(solution, rng):
    groups = _rows(rng, [2, 5, 1, 4, 3])
    equal(sorted(_folds(solution, groups, 2)[1]), [7, 8], msg="rows per fold")


def test_one_fold_a_patient(solution, rng):
    groups = _rows(rng, rng.integers(1, 7, size=12))
    where, _ = _folds(solution, groups, 4)
    for group, folds in where.items():
        assert len(folds) == 1, f"patient {group} is in folds {sorted(folds)}"


def test_fold_numbers(solution, rng):
    groups = _rows(rng, rng.integers(1, 7, size=9))
    folds = _dealt(solution, groups, 3)
    equal(len(folds), len(groups), msg="one fold per row")
    equal(sorted(set(folds)), [0, 1, 2], msg="fold numbers in use")


def test_even_folds(solution, rng):
    for k in (2, 3, 5):
        sizes = rng.integers(1, 15, size=14)
        where, rows = _folds(solution, _rows(rng, sizes), k)
        assert all(len(folds) == 1 for folds in where.values()), "a patient is in two folds"
        equal(sorted(rows), _even(sizes, k), msg=f"rows per fold, k={k}")


def test_busy_patient(solution, rng):
    busy = int(rng.integers(30, 40))
    groups = _rows(rng, [3, 3, busy, 3, 3, 3, 3])
    where, rows = _folds(solution, groups, 3)
    equal(sorted(rows), [9, 9, busy], msg="rows per fold")
    equal(len({tuple(folds) for folds in where.values()}), 3, msg="folds in use")


def test_rows_count_not_patients(solution, rng):
    where, rows = _folds(solution, _rows(rng, [12] + [1] * 12), 2)
    equal(sorted(rows), [12, 12], msg="one patient with 12 scans, twelve with one")


def test_as_many_folds_as_patients(solution, rng):
    names = [40, 10, 30, 20]
    where, rows = _folds(solution, _rows(rng, [4, 1, 3, 2], names), 4)
    equal(where, {40: {0}, 30: {1}, 20: {2}, 10: {3}}, msg="patient to fold, largest first")
    equal(rows, [4, 3, 2, 1], msg="rows per fold")


def test_lowest_of_equal_folds(solution, rng):
    where, _ = _folds(solution, _rows(rng, [6, 5, 4, 3, 1]), 3)
    equal(where, {0: {0}, 1: {1}, 2: {2}, 3: {2}, 4: {1}}, msg="6, 5 and 4 first; 3 joins 4; 1 joins 5")
    where, _ = _folds(solution, _rows(rng, [7, 4, 3, 2]), 2)
    equal(where, {0: {0}, 1: {1}, 2: {1}, 3: {0}}, msg="the last one meets two folds of 7")


def test_patients_of_equal_size(solution, rng):
    low = sorted(rng.permutation(90)[:5].tolist())
    names = [low[i] for i in (2, 4, 0, 3, 1)]
    once = [name for name in names for _ in range(2)]
    equal(_dealt(solution, once, 3), [0, 0, 1, 1, 2, 2, 0, 0, 1, 1], msg="two scans each, in blocks")
    equal(_dealt(solution, names + names[::-1], 3), [0, 1, 2, 0, 1, 1, 0, 2, 1, 0], msg="the same, mirrored")


def test_text_ids(solution, rng):
    names = ["p-10", "p-9", "Anna", "anna", "7"]
    groups = _rows(rng, [6, 5, 3, 2, 1], names)
    wanted = {"p-10": {0}, "p-9": {1}, "Anna": {1}, "anna": {0}, "7": {0}}
    equal(_folds(solution, groups, 2)[0], wanted, msg="patient to fold")


def test_ids_are_just_names(solution, rng):
    names = [-3, 10**12, 0, 7, 100]
    where, _ = _folds(solution, _rows(rng, [9, 5, 4, 2, 1], names), 2)
    equal(where, {-3: {0}, 10**12: {1}, 0: {1}, 7: {0}, 100: {1}}, msg="patient to fold")


def test_order_of_rows(solution, rng):
    sizes = rng.permutation([1, 2, 3, 5, 8, 13])
    first, _ = _folds(solution, _rows(rng, sizes), 3)
    for _ in range(3):
        equal(_folds(solution, _rows(rng, sizes), 3)[0], first, msg="the same scans in another order")


def test_array_of_ids(solution, rng):
    groups = np.array(_rows(rng, [5, 3, 2, 1]))
    folds = np.asarray(unchanged(solution.group_kfold, groups, 2)).tolist()
    wanted = {0: 0, 1: 1, 2: 1, 3: 0}
    equal(folds, [wanted[group] for group in groups.tolist()], msg="fold per row")


def test_arguments_untouched(solution, rng):
    unchanged(solution.group_kfold, _rows(rng, [3, 2, 4]), 2)


def test_too_many_folds(solution, rng):
    groups = _rows(rng, [4, 4, 4])
    raises(ValueError, solution.group_kfold, groups, 4)
    raises(ValueError, solution.group_kfold, groups, 12)


def test_too_few_folds(solution, rng):
    groups = _rows(rng, [4, 2, 1])
    for k in (1, 0, -2):
        raises(ValueError, solution.group_kfold, groups, k)


def test_no_rows(solution, rng):
    raises(ValueError, solution.group_kfold, [], 2)


def test_many_patients(solution, rng):
    sizes = rng.integers(1, 4, size=900)
    where, rows = _folds(solution, _rows(rng, sizes), 10)
    assert all(len(folds) == 1 for folds in where.values()), "a patient is in two folds"
    equal(sorted(rows), _even(sizes, 10), msg="rows per fold")
    assert max(rows) - min(rows) <= 1, "with so many small groups the folds differ by a row at most"
