import numpy as np

from interviewer.expect import close, each, raises, unchanged


def _visits(rng, people, rows=2, mixed=True):
    """Columns for people given as (variant, clicks, views), each spread over some visits."""
    table = []
    for number, (label, clicks, views) in enumerate(people):
        parts_c = rng.multinomial(clicks, np.full(rows, 1 / rows))
        parts_v = parts_c + rng.multinomial(views - clicks, np.full(rows, 1 / rows))
        table += [(f"u{number}", label, int(c), int(v)) for c, v in zip(parts_c, parts_v)]
    if mixed:
        table = [table[i] for i in rng.permutation(len(table))]
    return [list(column) for column in zip(*table)]


def _crowd(rng, label, users, rate):
    """People with unlike numbers of views and clicks."""
    views = rng.integers(1, 30, size=users)
    return [(label, int(rng.binomial(v, rate)), int(v)) for v in views]


def _run(solution, columns, n=200, seed=0):
    return _ends(solution.bootstrap_diff(*columns, n, seed))


def _ends(got):
    close(len(got), 3, msg="number of values returned")
    return [float(value) for value in got]


def _seed(rng):
    return int(rng.integers(10**6))


def test_two_rates(solution, rng):
    columns = [[1, 2, 3, 4], ["A", "A", "B", "B"], [1, 3, 4, 0], [10, 10, 8, 2]]
    close(_run(solution, columns)[0], 0.4 - 0.2, msg="diff")


def test_busy_user(solution, rng):
    columns = _visits(rng, [("A", 1, 2), ("A", 9, 90), ("B", 1, 1), ("B", 19, 99)])
    close(_run(solution, columns)[0], 20 / 100 - 10 / 92, msg="diff")


def test_interval_around(solution, rng):
    columns = _visits(rng, _crowd(rng, "A", 30, 0.2) + _crowd(rng, "B", 40, 0.6))
    diff, lo, hi = _run(solution, columns, 400)
    assert lo < diff < hi, f"the interval {lo:.3f} to {hi:.3f} should lie around {diff:.3f}"
    assert lo > 0, f"rates of 0.2 and 0.6 on 70 users are far apart, yet the interval begins at {lo:.3f}"


def test_same_people_twice(solution, rng):
    side = _crowd(rng, "A", 20, 0.4)
    columns = _visits(rng, side + [("B", clicks, views) for _, clicks, views in side], mixed=False)
    diff, lo, hi = _run(solution, columns, 400, _seed(rng))
    close(diff, 0.0, msg="diff of two equal crowds")
    assert lo < -0.01 and hi > 0.01, f"the interval should reach to both sides of 0, got {lo:.4f} to {hi:.4f}"


def test_everybody_alike(solution, rng):
    people = [("A", 2, 8)] * 6 + [("B", 6, 8)] * 5
    columns = _visits(rng, people, rows=4)
    close(_run(solution, columns, 100, _seed(rng)), [0.5, 0.5, 0.5], msg="every user has the same rate")


def test_tails(solution, rng):
    clicks = int(rng.integers(3, 9))
    people = [("A", 0, 7)] * 2 + [("B", clicks, clicks)] * 4 + [("B", 0, clicks)] * 5
    # So many that the share of draws beyond a bound, 4.1 %, stays above 2.5 % by almost five deviations.
    got = _run(solution, _visits(rng, people), 3400, _seed(rng))
    close(got, [4 / 9, 1 / 9, 7 / 9], msg="nine users, four of them click on everything")


def test_both_vary(solution, rng):
    people = [(label, clicks, 6) for label in "AB" for clicks in (6, 0) for _ in range(4)]
    got = _run(solution, _visits(rng, people), 4400, _seed(rng))
    close(got, [0.0, -4 / 8, 4 / 8], msg="eight users a variant, half of them click on everything")


def test_lopsided(solution, rng):
    people = [("A", 0, 5)] * 3 + [("B", 6, 6)] + [("B", 0, 6)] * 7
    got = _run(solution, _visits(rng, people), 2500, _seed(rng))
    close(got, [1 / 8, 0.0, 3 / 8], msg="one user in eight clicks on everything")


def test_old_variant_varies(solution, rng):
    people = [("B", 0, 5)] * 3 + [("A", 6, 6)] + [("A", 0, 6)] * 7
    got = _run(solution, _visits(rng, people), 2500, _seed(rng))
    close(got, [-1 / 8, -3 / 8, 0.0], msg="one user in eight of A clicks on everything")


def test_one_user_each(solution, rng):
    columns = _visits(rng, [("A", 3, 10), ("B", 4, 8)], rows=5)
    close(_run(solution, columns, 50, _seed(rng)), [0.2, 0.2, 0.2], msg="one user a variant, five visits each")


def test_user_without_views(solution, rng):
    people = [("A", 1, 4), ("A", 2, 8), ("A", 0, 0), ("B", 3, 4), ("B", 0, 0)]
    close(_run(solution, _visits(rng, people), 300, _seed(rng)), [0.5, 0.5, 0.5], msg="some saw nothing")


def test_mostly_without_views(solution, rng):
    people = [("A", 1, 4), ("A", 0, 0), ("A", 0, 0), ("B", 3, 4), ("B", 0, 0)]
    close(_run(solution, _visits(rng, people), 1, _seed(rng)), [0.5, 0.5, 0.5], msg="one resample")
    close(_run(solution, _visits(rng, people), 300, _seed(rng)), [0.5, 0.5, 0.5], msg="300 resamples")


def test_seed(solution, rng):
    columns = _visits(rng, _crowd(rng, "A", 12, 0.3) + _crowd(rng, "B", 12, 0.5))
    seed = _seed(rng)
    calls = [(*columns, 60, seed + step) for step in (0, 0, 1, 2)]
    first, again, *others = [_ends(got) for got in each(solution.bootstrap_diff, calls)]
    close(again, first, msg="the same seed again")
    assert [other[1:] for other in others] != [first[1:]] * 2, "another seed should draw other users"


def test_one_resample(solution, rng):
    columns = _visits(rng, _crowd(rng, "A", 9, 0.3) + _crowd(rng, "B", 9, 0.5))
    seen = set()
    for got in each(solution.bootstrap_diff, [(*columns, 1, seed) for seed in range(4)]):
        _, lo, hi = _ends(got)
        close(lo, hi, msg="both ends with one resample")
        seen.add(lo)
    assert len(seen) > 1, "four seeds drew the same users"


def test_user_in_both(solution, rng):
    people = _crowd(rng, "A", 4, 0.3) + _crowd(rng, "B", 4, 0.3)
    user, variant, clicks, views = _visits(rng, people)
    raises(ValueError, solution.bootstrap_diff, user + ["u0"], variant + ["B"], clicks + [1], views + [5], 20, 0)
    raises(ValueError, solution.bootstrap_diff, user + ["u0"], variant + ["B"], clicks + [0], views + [0], 20, 0)


def test_variant_missing(solution, rng):
    raises(ValueError, solution.bootstrap_diff, [1, 2], ["A", "A"], [1, 1], [2, 2], 20, 0)
    raises(ValueError, solution.bootstrap_diff, [1, 2], ["B", "B"], [1, 1], [2, 2], 20, 0)
    raises(ValueError, solution.bootstrap_diff, [], [], [], [], 20, 0)


def test_variant_without_views(solution, rng):
    raises(ValueError, solution.bootstrap_diff, [1, 2, 3], ["A", "B", "B"], [1, 0, 0], [2, 0, 0], 20, 0)
    raises(ValueError, solution.bootstrap_diff, [1, 2, 3], ["A", "A", "B"], [0, 0, 1], [0, 0, 3], 20, 0)


def test_other_variant(solution, rng):
    columns = _visits(rng, _crowd(rng, "A", 3, 0.3) + _crowd(rng, "B", 3, 0.3) + _crowd(rng, "C", 2, 0.3))
    raises(ValueError, solution.bootstrap_diff, *columns, 20, 0)


def test_bad_arguments(solution, rng):
    columns = _visits(rng, _crowd(rng, "A", 3, 0.3) + _crowd(rng, "B", 3, 0.3))
    raises(ValueError, solution.bootstrap_diff, *columns, 0, 0)
    short = [*columns[:3], columns[3][:-1]]
    raises(ValueError, solution.bootstrap_diff, *short, 20, 0)


def test_arguments_untouched(solution, rng):
    columns = _visits(rng, _crowd(rng, "A", 5, 0.3) + _crowd(rng, "B", 5, 0.5))
    wanted = _run(solution, columns, 60, 3)
    arrays = [np.array(column) for column in columns]
    got = unchanged(solution.bootstrap_diff, *arrays, 60, 3)
    close([float(value) for value in got], wanted, msg="arrays instead of lists")
