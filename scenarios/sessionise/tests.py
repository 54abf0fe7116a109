import numpy as np

from interviewer.expect import equal, raises, unchanged

DAY = 86400


def _by_hand(user, ts, gap=1800):
    """A click's number: how many too long pauses its user had made up to then."""
    ids = []
    for name, second in zip(user, ts):
        own = sorted({t for u, t in zip(user, ts) if u == name and t <= second})
        ids.append(sum(later - earlier > gap for earlier, later in zip(own, own[1:])))
    return ids


def _agree(got, expected, msg=""):
    assert got is not None, "nothing was returned"
    equal(np.asarray(got), np.asarray(expected, dtype=int), msg=msg)


def _log(rng, n=40):
    """Three users in time order, pauses between seconds and hours."""
    ts = np.cumsum(rng.choice([5, 60, 500, 700, 1500], size=n)) + int(rng.integers(0, 10**9))
    return rng.choice(["ann", "bob", "cem"], size=n), ts


def test_one_user(solution, rng):
    _agree(solution.sessionise(["ann"] * 5, [0, 600, 1200, 5000, 5100]), [0, 0, 0, 1, 1])


def test_two_users(solution, rng):
    got = solution.sessionise(["ann", "bob", "ann", "bob", "ann"], [0, 1000, 2500, 2600, 2700])
    _agree(got, [0, 0, 1, 0, 1])


def test_random_log(solution, rng):
    user, ts = _log(rng)
    _agree(solution.sessionise(user, ts), _by_hand(user, ts))


def test_long_visit(solution, rng):
    pauses = rng.integers(900, 1800, size=12)
    ts = np.concatenate([[0], np.cumsum(pauses)])
    _agree(solution.sessionise(["ann"] * 13, ts), [0] * 13, msg="every pause is shorter than the gap:")


def test_each_from_zero(solution, rng):
    start = int(rng.integers(0, 10**6))
    user = ["zoe", "zoe", "ann", "bob", "bob"]
    ts = [start, start + 9000, start + 10000, start + 11000, start + 20000]
    _agree(solution.sessionise(user, ts), [0, 1, 0, 0, 1])


def test_exactly_the_gap(solution, rng):
    start = int(rng.integers(0, 10**6))
    _agree(solution.sessionise(["ann"] * 2, [start, start + 1800]), [0, 0], msg="1800 seconds apart:")
    _agree(solution.sessionise(["ann"] * 2, [start, start + 1801]), [0, 1], msg="1801 seconds apart:")


def test_other_gap(solution, rng):
    gap = int(rng.integers(20, 600))
    ts = [0, gap, 2 * gap + 1, 2 * gap + 2]
    _agree(solution.sessionise(["ann"] * 4, ts, gap=gap), [0, 0, 1, 1], msg=f"a gap of {gap}:")
    user, ts = _log(rng, 30)
    _agree(solution.sessionise(user, ts, 4000), _by_hand(user, ts, 4000), msg="a gap of 4000:")


def test_any_order(solution, rng):
    user, ts = _log(rng, 30)
    ids = np.array(_by_hand(user, ts))
    mixed = rng.permutation(30)
    _agree(solution.sessionise(user[mixed], ts[mixed]), ids[mixed], msg="mixed rows:")


def test_newest_first(solution, rng):
    _agree(solution.sessionise(["ann"] * 4, [9000, 8000, 4000, 0]), [2, 2, 1, 0])


def test_late_click(solution, rng):
    start = int(rng.integers(0, 10**6))
    ts = [start, start + 5000, start + 100]
    _agree(solution.sessionise(["ann"] * 3, ts), [0, 1, 0], msg="the last row belongs to the first visit:")


def test_same_moment(solution, rng):
    _agree(solution.sessionise(["ann"] * 5, [50, 50, 9000, 9000, 9000]), [0, 0, 1, 1, 1])
    _agree(solution.sessionise(["ann", "bob", "ann"], [7, 7, 7], gap=0), [0, 0, 0], msg="a gap of 0:")


def test_over_midnight(solution, rng):
    midnight = DAY * int(rng.integers(1, 9000))
    _agree(solution.sessionise(["ann"] * 3, [midnight - 60, midnight, midnight + 900]), [0, 0, 0])


def test_no_clicks(solution, rng):
    got = solution.sessionise([], [])
    assert got is not None and len(got) == 0, f"no clicks, no numbers; got {got!r}"


def test_one_click_each(solution, rng):
    _agree(solution.sessionise(["ann"], [int(rng.integers(0, 10**9))]), [0])
    _agree(solution.sessionise(["cem", "ann", "bob"], [90000, 5, 40000]), [0, 0, 0])


def test_uneven_columns(solution, rng):
    raises(ValueError, solution.sessionise, ["ann"], [0, 1])
    raises(ValueError, solution.sessionise, ["ann", "bob"], [0])


def test_fractions(solution, rng):
    start = int(rng.integers(10**9, 2 * 10**9))
    ts = [start + 0.5, start + 1800.5, start + 3600.75, start + 3601.0]
    _agree(solution.sessionise(["ann"] * 4, ts), [0, 0, 1, 1], msg="pauses of 1800 and 1800.25:")
    got = solution.sessionise(["ann"] * 3, [start, start + 0.5, start + 1.25], gap=0.5)
    _agree(got, [0, 0, 1], msg="a gap of half a second:")


def test_input_left_alone(solution, rng):
    user, ts = _log(rng, 20)
    mixed = rng.permutation(20)
    names, seconds = user[mixed].tolist(), ts[mixed].tolist()
    _agree(unchanged(solution.sessionise, names, seconds), _by_hand(names, seconds))
