import math

from interviewer.expect import equal, raises, unchanged

NAN = math.nan
WORDS = ["ash", "beech", "cedar", "elm", "fir", "hazel", "larch", "oak"]


def _column(got, name):
    assert isinstance(got, dict), f"a dict of columns is wanted, got {got!r}"
    assert name in got, f"no column {name!r} among {list(got)}"
    return list(got[name])


def _is(got, name, values, msg=""):
    equal(_column(got, name), values, msg=f"{msg} {name}".strip())


def _both(solution, table):
    return solution.Imputer().fit(table).transform(table)


def _around(rng, middle, pairs=1):
    """An odd number of numbers that lie evenly around one: their mean is the one in the middle."""
    steps = [int(step) for step in rng.integers(1, 9, size=pairs)]
    evenly = [middle, *(middle + step for step in steps), *(middle - step for step in steps)]
    return [int(value) for value in rng.permutation(evenly)]


def _lopsided(rng, middles):
    """Numbers with the given ones in the middle, some a little below and as many far above."""
    n = int(rng.integers(2, 5))
    below = [min(middles) - int(step) for step in rng.integers(1, 9, size=n)]
    above = [max(middles) + int(step) for step in rng.integers(500, 900, size=n)]
    return [int(v) for v in rng.permutation([*below, *middles, *above])]


def _with_holes(rng, values, holes):
    """The values with the holes put in at random, and 1 where a hole is."""
    table = [(value, 0) for value in values] + [(hole, 1) for hole in holes]
    table = [table[i] for i in rng.permutation(len(table))]
    return [value for value, _ in table], [mark for _, mark in table]


def _filled(values, marks, fill):
    return [fill if mark else value for value, mark in zip(values, marks, strict=True)]


def test_ages(solution, rng):
    got = _both(solution, {"age": [31, None, 34, 91]})
    _is(got, "age", [31, 34, 34, 91])


def test_many_numbers(solution, rng):
    middle = int(rng.integers(50, 200))
    values, marks = _with_holes(rng, _lopsided(rng, [middle]), [None, None, None])
    _is(_both(solution, {"income": values}), "income", _filled(values, marks, middle))


def test_colours(solution, rng):
    got = _both(solution, {"colour": ["red", None, "blue", "red"]})
    _is(got, "colour", ["red", "missing", "blue", "red"])


def test_even_count(solution, rng):
    low = int(rng.integers(50, 200))
    high = low + 2 * int(rng.integers(1, 9)) + 1
    values, marks = _with_holes(rng, _lopsided(rng, [low, high]), [None, None])
    _is(_both(solution, {"income": values}), "income", _filled(values, marks, (low + high) / 2))


def test_holes_are_marked(solution, rng):
    numbers, number_marks = _with_holes(rng, [7, 7, 7], [None] * 2)
    words, word_marks = _with_holes(rng, ["oak", "elm"], [None] * 3)
    got = _both(solution, {"age": numbers, "tree": words})
    _is(got, "age_missing", number_marks)
    _is(got, "tree_missing", word_marks)


def test_marked_where_needed(solution, rng):
    values, marks = _with_holes(rng, [5, 5], [None])
    names = rng.permutation(["a", "b", "c", "d"]).tolist()
    table = {names[0]: [1, 2, 3], names[1]: values, names[2]: ["x", "y", "z"], names[3]: [0.5, 1.5, 0.25]}
    got = _both(solution, table)
    _is(got, f"{names[1]}_missing", marks)
    equal(sorted(got), sorted([*names, f"{names[1]}_missing"]), msg="columns")


def test_marks_come_last(solution, rng):
    names = rng.permutation(["age", "height", "income", "weight"]).tolist()
    table = {name: [4, None, 4] for name in names}
    table[names[1]] = [1, 2, 3]
    got = _both(solution, table)
    _is(got, names[0], [4, 4, 4])
    equal(
        list(got),
        [*names, *(f"{name}_missing" for name in names if name != names[1])],
        msg="columns in order",
    )


def test_no_hole_this_time(solution, rng):
    later = [int(v) for v in rng.integers(0, 99, size=3)]
    got = solution.Imputer().fit({"age": [3, None, 5, 4]}).transform({"age": later})
    _is(got, "age", later)
    _is(got, "age_missing", [0, 0, 0])


def test_later_rows(solution, rng):
    middle = int(rng.integers(50, 99))
    imputer = solution.Imputer().fit({"age": [*_around(rng, middle, 2), None]})
    later, marks = _with_holes(rng, _around(rng, middle + 5000, 4), [None, None])
    _is(
        imputer.transform({"age": later}),
        "age",
        _filled(later, marks, middle),
        msg="the training rows decide:",
    )


def test_row_alone(solution, rng):
    middle = int(rng.integers(50, 99))
    imputer = solution.Imputer().fit(
        {"age": [*_around(rng, middle), None], "tree": ["oak", "elm", "oak", None]}
    )
    got = imputer.transform({"age": [None], "tree": [None]})
    _is(got, "age", [middle], msg="one row by itself:")
    _is(got, "tree", ["missing"], msg="one row by itself:")


def test_first_hole_later(solution, rng):
    middle = int(rng.integers(50, 99))
    imputer = solution.Imputer().fit({"age": _around(rng, middle, 3), "tree": WORDS[:7]})
    got = imputer.transform({"age": [middle, None, middle], "tree": [None, "oak", "yew"]})
    equal(got, {"age": [middle] * 3, "tree": ["missing", "oak", "yew"]}, msg="no hole in training:")


def test_fitted_again(solution, rng):
    first, second = int(rng.integers(5, 50)), int(rng.integers(60, 99))
    imputer = solution.Imputer()
    imputer.fit({"age": [*[first] * 9, None], "height": [None, *[first] * 9]})
    imputer.fit({"age": [second] * 3})
    equal(imputer.transform({"age": [None, first]}), {"age": [second, first]}, msg="the last fit counts:")


def test_nothing_known(solution, rng):
    holes = rng.permutation([None, None, NAN]).tolist()
    later = int(rng.integers(3, 50))
    imputer = solution.Imputer().fit({"age": holes})
    got = imputer.transform({"age": [None, later]})
    equal(got, {"age": [0, later], "age_missing": [1, 0]}, msg="nothing known in training:")


def test_no_training_rows(solution, rng):
    later = int(rng.integers(3, 50))
    got = solution.Imputer().fit({"age": []}).transform({"age": [later, None]})
    equal(got, {"age": [later, 0]}, msg="fitted on no rows:")


def test_no_rows(solution, rng):
    values, _ = _with_holes(rng, ["a", "b"], [None])
    got = solution.Imputer().fit({"age": [1, 2, 3], "tree": values}).transform({"age": [], "tree": []})
    equal(got, {"age": [], "tree": [], "tree_missing": []}, msg="no rows later:")


def test_none_and_nan(solution, rng):
    middle = int(rng.integers(50, 99))
    numbers, number_marks = _with_holes(rng, _around(rng, middle, 2), [None, NAN, None, NAN])
    words, word_marks = _with_holes(rng, WORDS[:7], [NAN, None])
    got = _both(solution, {"age": numbers, "tree": words})
    _is(got, "age", _filled(numbers, number_marks, middle))
    _is(got, "age_missing", number_marks)
    _is(got, "tree", _filled(words, word_marks, "missing"))
    _is(got, "tree_missing", word_marks)


def test_empty_texts(solution, rng):
    middle = int(rng.integers(50, 99))
    numbers, number_marks = _with_holes(rng, _around(rng, middle), ["", None])
    words, word_marks = _with_holes(rng, ["oak", "elm", "oak", "elm"], [""])
    got = _both(solution, {"age": numbers, "tree": words})
    _is(got, "age", _filled(numbers, number_marks, middle))
    _is(got, "tree", _filled(words, word_marks, "missing"))
    _is(got, "tree_missing", word_marks)


def test_only_spaces(solution, rng):
    words, marks = _with_holes(rng, ["oak", "elm"], [" " * int(rng.integers(1, 4)), "\t"])
    got = _both(solution, {"tree": words})
    _is(got, "tree", _filled(words, marks, "missing"))
    _is(got, "tree_missing", marks)


def test_zero_is_known(solution, rng):
    middle = int(rng.integers(2, 9))
    rooms, room_marks = _with_holes(rng, [0, 0, middle, middle + 1, middle + 2], [None])
    debts, debt_marks = _with_holes(rng, [0, 0.0, 0, 0, 0.0], [None])
    got = _both(solution, {"rooms": rooms, "debts": debts, "paid": [False] * 6})
    _is(got, "rooms", _filled(rooms, room_marks, middle))
    _is(got, "debts_missing", debt_marks)
    _is(got, "paid", [False] * 6)


def test_nan_as_a_word(solution, rng):
    values = rng.permutation(["nan", "None", "NA", "null", "missing"]).tolist()
    equal(_both(solution, {"surname": values}), {"surname": values}, msg="words, not holes:")


def test_flags(solution, rng):
    values, marks = _with_holes(rng, [True, False, True], [None])
    _is(_both(solution, {"paid": values}), "paid", _filled(values, marks, "missing"))


def test_mixed_column(solution, rng):
    values, marks = _with_holes(rng, [int(rng.integers(1, 9)), "oak", 2.5], [None])
    _is(_both(solution, {"code": values}), "code", _filled(values, marks, "missing"))


def test_texts_as_they_are(solution, rng):
    digits = [str(v) for v in rng.integers(10, 99, size=4)]
    codes, code_marks = _with_holes(rng, digits, [None])
    words, word_marks = _with_holes(rng, [" oak", "Oak ", "oak"], [None, None])
    got = _both(solution, {"postcode": codes, "tree": words})
    _is(got, "postcode", _filled(codes, code_marks, "missing"))
    _is(got, "tree", _filled(words, word_marks, "missing"))


def test_text_among_numbers_later(solution, rng):
    middle = int(rng.integers(50, 99))
    imputer = solution.Imputer().fit({"age": [*_around(rng, middle), None]})
    _is(imputer.transform({"age": ["old", None]}), "age", ["old", middle], msg="numeric in training:")


def test_columns_shuffled(solution, rng):
    names = rng.permutation(["age", "height", "income", "weight"]).tolist()
    imputer = solution.Imputer().fit({name: [i + 1] * 3 for i, name in enumerate(names)})
    got = imputer.transform({name: [i + 5] for i, name in reversed(list(enumerate(names)))})
    equal(list(got), names, msg="columns in order")
    equal([_column(got, name) for name in names], [[5], [6], [7], [8]])


def test_unknown_column(solution, rng):
    value = int(rng.integers(1, 9))
    got = solution.Imputer().fit({"age": [4, 5]}).transform({"note": ["new"], "age": [value]})
    equal(got, {"age": [value]}, msg="a column fit has not seen:")


def test_column_gone(solution, rng):
    names = rng.permutation(["age", "height", "income"]).tolist()
    imputer = solution.Imputer().fit({name: [1, None, 3] for name in names})
    raises(ValueError, imputer.transform, {name: [2] for name in names[1:]})


def test_arguments_untouched(solution, rng):
    values, marks = _with_holes(rng, [8, 8, 8], [None, NAN])
    imputer = solution.Imputer()
    unchanged(imputer.fit, {"age": values, "tree": ["oak", "", None, " ", "elm"]})
    got = unchanged(imputer.transform, {"age": values, "tree": ["oak", "", None, " ", "elm"]})
    _is(got, "age", _filled(values, marks, 8))


def test_before_fit(solution, rng):
    raises(RuntimeError, solution.Imputer().transform, {"age": [int(rng.integers(1, 9)), None]})
