import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _rows(rng, shops="abcd", n=6):
    return rng.integers(-50, 50, size=n).astype(float), [str(rng.choice(list(shops))) for _ in range(n)]


def _check(got, amounts, shops, msg):
    close(got[0], amounts, msg=f"amounts, {msg}")
    equal(list(got[1]), list(shops), msg=f"shops, {msg}")


def test_clipped(solution, rng):
    prep = solution.Preprocessor()
    prep.fit([10.0, 50.0, 20.0], ["a", "b", "a"])
    got = prep.transform([5.0, 30.0, 70.0], ["a", "b", "a"])
    _check(got, [10.0, 30.0, 50.0], ["a", "b", "a"], "with training amounts from 10 to 50")


def test_unknown_shops(solution, rng):
    prep = solution.Preprocessor()
    prep.fit([1.0, 2.0], ["a", "b"])
    got = prep.transform([1.0, 1.0, 2.0, 2.0], ["b", "x", "a", "A"])
    equal(list(got[1]), ["b", "other", "a", "other"], msg="shops, with a and b in training")


def test_twice_the_same(solution, rng):
    prep = solution.Preprocessor()
    prep.fit([10.0, 50.0], ["a", "b"])
    amounts, shops = [5.0, 99.0, 20.0], ["x", "a", "x"]
    prep.transform(amounts, shops)
    _check(prep.transform(amounts, shops), [10.0, 50.0, 20.0], ["other", "a", "other"], "second call")


def test_any_order_of_calls(solution, rng):
    train, first, second = _rows(rng, "ab"), _rows(rng, "abcd"), _rows(rng, "abcd")
    one, two = solution.Preprocessor(), solution.Preprocessor()
    one.fit(*train)
    two.fit(*train)
    one_first, one_second = one.transform(*first), one.transform(*second)
    two_second, two_first = two.transform(*second), two.transform(*first)
    _check(one_first, *two_first, "asked first and asked last")
    _check(one_second, *two_second, "asked last and asked first")


def test_limits_stay(solution, rng):
    low, high = sorted(rng.choice(np.arange(-20.0, 20.0), size=2, replace=False))
    prep = solution.Preprocessor()
    prep.fit([low, high], ["a", "a"])
    prep.transform([low - 100, high + 100], ["a", "a"])
    got = prep.transform([low - 7, high + 7], ["a", "a"])
    close(got[0], [low, high], msg="amounts, after a call with far larger ones")


def test_other_object_limits(solution, rng):
    x = float(rng.uniform(1, 5))
    mine, other = solution.Preprocessor(), solution.Preprocessor()
    mine.fit([x, 2 * x], ["a", "a"])
    other.fit([100 * x, 200 * x], ["a", "a"])
    close(mine.transform([0.0, 1000 * x], ["a", "a"])[0], [x, 2 * x], msg="amounts, after another object was fitted")


def test_other_object_shops(solution, rng):
    mine, other = solution.Preprocessor(), solution.Preprocessor()
    mine.fit([1.0, 2.0], ["a", "b"])
    name = f"shop {rng.integers(100)}"
    other.fit([1.0, 2.0], ["a", name])
    got = mine.transform([1.0, 1.0], [name, "b"])
    equal(list(got[1]), ["other", "b"], msg="shops, after another object was fitted")


def test_before_fit(solution, rng):
    raises(RuntimeError, solution.Preprocessor().transform, rng.normal(size=2), ["a", "b"])
    used = solution.Preprocessor()
    used.fit([1.0, 2.0], ["a", "b"])
    raises(RuntimeError, solution.Preprocessor(["a"]).transform, [1.0], ["a"])


def test_second_fit(solution, rng):
    prep = solution.Preprocessor()
    prep.fit([-1000.0, 1000.0], ["a", "b"])
    low, high = 1.0, float(rng.integers(2, 9))
    prep.fit([low, high], ["b", "c"])
    got = prep.transform([-50.0, 50.0, high], ["a", "b", "c"])
    _check(got, [low, high, high], ["other", "b", "c"], "after a second fit")


def test_fit_gives_itself(solution, rng):
    amounts, shops = _rows(rng)
    got = solution.Preprocessor().fit(amounts, shops).transform(amounts, shops)
    _check(got, amounts, shops, "of the training rows themselves")


def test_always_known(solution, rng):
    prep = solution.Preprocessor(["x", "y"])
    prep.fit([1.0, 2.0], ["a", "a"])
    got = prep.transform([1.0] * 4, ["x", "a", "z", "y"])
    equal(list(got[1]), ["x", "a", "other", "y"], msg="shops, with x and y known from the start")
    plain = solution.Preprocessor()
    plain.fit([1.0, 2.0], ["a", "a"])
    equal(list(plain.transform([1.0], ["x"])[1]), ["other"], msg="shops of an object without always")


def test_second_fit_keeps_always(solution, rng):
    prep = solution.Preprocessor(("x",))
    prep.fit([1.0], ["a"])
    prep.fit([1.0], ["b"])
    equal(list(prep.transform([1.0, 1.0], ["x", "a"])[1]), ["x", "other"], msg="shops, x known from the start, fitted twice")


def test_amounts_untouched(solution, rng):
    prep = solution.Preprocessor()
    prep.fit([0.0, 1.0], ["a", "b"])
    unchanged(prep.transform, rng.normal(size=5) * 100, ["a", "x", "b", "y", "a"])
    unchanged(solution.Preprocessor().fit, rng.normal(size=3), ["a", "x", "b"])


def test_whole_amounts(solution, rng):
    prep = solution.Preprocessor()
    prep.fit(np.array([0.5, 9.25]), ["a", "b"])
    got = prep.transform(np.array([-3, 4, 12]), ["a", "a", "b"])
    close(got[0], [0.5, 4.0, 9.25], msg="amounts, whole numbers clipped to limits that are not")


def test_no_rows(solution, rng):
    raises(ValueError, solution.Preprocessor().fit, [], [])
    prep = solution.Preprocessor()
    prep.fit(*_rows(rng))
    got = prep.transform([], [])
    equal([len(got[0]), len(got[1])], [0, 0], msg="lengths without rows")


def test_many_objects(solution, rng):
    preps = [solution.Preprocessor([f"own {i}"]) for i in range(3)]
    learnt = [None] * 3
    for step in range(18):
        i = int(rng.integers(3))
        if learnt[i] is None or rng.random() < 0.3:
            amounts, shops = _rows(rng, "abcdef", 3)
            preps[i].fit(amounts, shops)
            learnt[i] = min(amounts), max(amounts), {*shops, f"own {i}"}
            continue
        amounts, shops = _rows(rng, "abcdefgh", 4)
        shops[0] = f"own {rng.integers(3)}"
        low, high, known = learnt[i]
        wanted = [min(max(a, low), high) for a in amounts]
        names = [name if name in known else "other" for name in shops]
        _check(preps[i].transform(amounts, shops), wanted, names, f"step {step} of a random order of calls")
