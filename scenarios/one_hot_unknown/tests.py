import math

import numpy as np

from interviewer.expect import equal, raises

NAN = math.nan
WORDS = ["ash", "beech", "cedar", "elm", "fir", "hazel", "larch", "oak"]


def _by_hand(train, values, min_count=1):
    """Rows of zeros and ones for texts without gaps, by counting in the list itself."""
    kept = [word for word in sorted(set(train)) if train.count(word) >= min_count]
    rows = []
    for value in values:
        row = [int(value == word) for word in kept]
        rows.append([*row, 0, int(value not in kept)])
    return rows


def _agree(got, rows, msg=""):
    assert got is not None, "nothing was returned"
    equal(np.asarray(got), np.asarray(rows), msg=msg)


def _words(rng, n=30):
    return rng.choice(WORDS, size=n).tolist()


def test_three_colours(solution, rng):
    encoder = solution.OneHot().fit(["blue", "green", "blue", "red"])
    rows = [[0, 0, 1, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 1, 0, 0, 0]]
    _agree(encoder.transform(["red", "blue", "pink", "green"]), rows)


def test_rare_values(solution, rng):
    encoder = solution.OneHot(2).fit(["a", "b", "b", "c", "c", "c"])
    _agree(encoder.transform(["a", "b", "c"]), [[0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]])


def test_random_values(solution, rng):
    train, later = _words(rng), [*_words(rng, 12), "willow"]
    min_count = int(rng.integers(2, 5))
    _agree(solution.OneHot(min_count).fit(train).transform(later), _by_hand(train, later, min_count))


def test_columns_are_sorted(solution, rng):
    train = rng.permutation([*WORDS, *WORDS[3:], *WORDS[5:]]).tolist()
    got = solution.OneHot().fit(train).transform(WORDS)
    _agree(got, np.eye(8, 10, dtype=int), msg="one word per column, in sorted order:")


def test_sorted_as_texts(solution, rng):
    small, large = int(rng.integers(2, 10)), int(rng.integers(10, 20))
    got = solution.OneHot().fit([small, large]).transform([large, small])
    _agree(got, [[1, 0, 0, 0], [0, 1, 0, 0]], msg=f"'{large}' before '{small}':")


def test_new_values(solution, rng):
    train = _words(rng)
    later = ["willow", train[int(rng.integers(0, 30))], "yew"]
    _agree(solution.OneHot().fit(train).transform(later), _by_hand(train, later))


def test_only_new_values(solution, rng):
    n = int(rng.integers(2, 6))
    _agree(solution.OneHot().fit(["b", "a"]).transform(["x"] * n), [[0, 0, 0, 1]] * n)


def test_exactly_enough(solution, rng):
    m = int(rng.integers(2, 6))
    train = ["a"] * m + ["b"] * (m - 1) + ["c"] * (m + 1)
    got = solution.OneHot(m).fit(rng.permutation(train).tolist()).transform(["a", "b", "c"])
    _agree(got, [[1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]], msg=f"min_count {m}:")


def test_all_rare(solution, rng):
    _agree(solution.OneHot(40).fit(_words(rng)).transform(["oak", None, "yew"]), [[0, 1], [1, 0], [0, 1]])


def test_missing_values(solution, rng):
    train = rng.permutation(["a", "b", "b", "a"]).tolist()
    train.insert(int(rng.integers(0, 5)), None)
    got = solution.OneHot(2).fit(train).transform(["b", None, NAN, "c"])
    _agree(got, [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1]], msg="a single gap in training:")
    got = solution.OneHot().fit(["a", NAN, NAN]).transform([None, "a", "nan", "None"])
    _agree(got, [[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 0, 1]], msg="gaps are no words:")


def test_missing_only_later(solution, rng):
    train = _words(rng)
    width = len(set(train)) + 2
    got = np.asarray(solution.OneHot().fit(train).transform([None, NAN]))
    _agree(got, np.eye(width, dtype=int)[[width - 2, width - 2]])


def test_mixed_types(solution, rng):
    number = int(rng.integers(1, 9))
    encoder = solution.OneHot(2).fit([number, "x", str(number), 2.5, "x", True])
    rows = [[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1]]
    _agree(encoder.transform([number, str(number), "x", 2.5, True]), rows)


def test_the_word_other(solution, rng):
    train = rng.permutation(["other", "missing", "oak", "tea"]).tolist()
    got = solution.OneHot().fit(train).transform(["other", "new", "missing", None])
    rows = [[0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0]]
    _agree(got, rows)


def test_nothing_learnt_later(solution, rng):
    train, later = _words(rng), [*_words(rng, 8), "yew", "yew", None]
    encoder = solution.OneHot(2).fit(train)
    some = rng.choice(len(later), size=4, replace=False).tolist()
    alone = {row: np.asarray(encoder.transform([later[row]])) for row in some}
    together = np.asarray(encoder.transform(later))
    for row in some:
        _agree(alone[row], together[[row]], msg="a row alone and in its batch:")
    _agree(encoder.transform(["yew", "yew", "yew"])[:1], together[[8]], msg="a new word, after others:")


def test_fitted_again(solution, rng):
    words = rng.choice(WORDS, size=3, replace=False).tolist()
    encoder = solution.OneHot(2)
    encoder.fit([words[0], words[1], words[1]])
    encoder.fit([words[0], words[2], words[2]])
    _agree(encoder.transform(words), [[0, 0, 1], [0, 0, 1], [1, 0, 0]], msg="the last fit counts:")


def test_two_encoders(solution, rng):
    words = rng.choice(WORDS, size=3, replace=False).tolist()
    one = solution.OneHot().fit(words[:1])
    two = solution.OneHot().fit(words[1:])
    _agree(one.transform([words[0]]), [[1, 0, 0]], msg="the first encoder:")
    _agree(two.transform([words[0]]), [[0, 0, 0, 1]], msg="the second encoder:")


def test_no_rows(solution, rng):
    got = np.asarray(solution.OneHot().fit(["a", "b"]).transform([]))
    equal(got.shape, (0, 4), msg="no rows, four columns")
    _agree(solution.OneHot().fit([]).transform(["a", None]), [[0, 1], [1, 0]], msg="fitted on nothing:")


def test_before_fit(solution, rng):
    raises(RuntimeError, solution.OneHot().transform, ["a"])
    raises(RuntimeError, solution.OneHot(3).transform, [])
