import math

from interviewer.expect import close, equal, unchanged

NAN = math.nan


def _shuffled(rng, rows):
    return [rows[i] for i in rng.permutation(len(rows))]


def _wanted(events, feats, max_age):
    """Every event looks at every value; of equal times the later row stays."""
    found = []
    for key, time in events:
        best = None
        for other, when, value in feats:
            if other == key and when < time and (best is None or when >= best[0]):
                best = (when, value)
        found.append(best[1] if best is not None and time - best[0] <= max_age else NAN)
    return found


def _log(rng, n=30, keys="abc", span=40):
    return [(str(rng.choice(list(keys))), int(rng.integers(0, span)), float(rng.normal())) for _ in range(n)]


def test_latest_before(solution, rng):
    feats = [("a", 10, 1.0), ("a", 20, 2.0), ("a", 30, 3.0)]
    got = solution.asof_join([("a", 25), ("a", 31), ("a", 12)], feats, 100)
    close(got, [2.0, 3.0, 1.0], msg="values at 25, 31 and 12")


def test_own_key(solution, rng):
    feats = [("a", 10, 1.0), ("b", 20, 2.0), ("a", 30, 3.0)]
    got = solution.asof_join([("b", 40), ("a", 25)], feats, 100)
    close(got, [2.0, 1.0], msg="b at 40 and a at 25")


def test_nothing_earlier(solution, rng):
    start = int(rng.integers(10, 50))
    feats = [("a", start, 1.0), ("b", 1, 2.0)]
    close(solution.asof_join([("a", start - 5), ("a", start + 5)], feats, 100), [NAN, 1.0], msg="before and after the first value")


def test_only_later(solution, rng):
    time = int(rng.integers(100, 200))
    feats = [("a", time - 30, 1.0), ("a", time + 1, 2.0), ("a", time + 50, 3.0)]
    close(solution.asof_join([("a", time)], feats, 100), [1.0], msg="a value just after the event, another long before")


def test_equal_time(solution, rng):
    time = int(rng.integers(100, 200))
    feats = [("a", time - 7, 1.0), ("a", time, 2.0), ("b", time, 3.0)]
    close(solution.asof_join([("a", time), ("b", time)], feats, 100), [1.0, NAN], msg="values written at the event's own time")


def test_too_old(solution, rng):
    age = int(rng.integers(5, 20))
    feats = [("a", 100, 1.0), ("a", 60, 2.0)]
    got = solution.asof_join([("a", 100 + age + 1), ("a", 100 + age - 1)], feats, age)
    close(got, [NAN, 1.0], msg="just too old, and just fresh enough")


def test_exactly_at_the_limit(solution, rng):
    age = int(rng.integers(5, 20))
    close(solution.asof_join([("a", 100 + age)], [("a", 100, 1.0)], age), [1.0], msg="a value exactly max_age old")


def test_old_behind_fresh(solution, rng):
    x = rng.normal(size=4)
    feats = [("a", 90, x[0]), ("a", 94, x[1]), ("a", 98, x[2]), ("a", 50, x[3])]
    close(solution.asof_join([("a", 99), ("a", 97), ("a", 120)], feats, 10), [x[2], x[1], NAN], msg="several values inside the limit")


def test_no_limit(solution, rng):
    x = float(rng.normal())
    feats = [("a", -1_000_000, x)]
    close(solution.asof_join([("a", 1_000_000)], feats, math.inf), [x], msg="with an infinite max_age")


def test_unknown_key(solution, rng):
    feats = [("a", 1, 1.0), ("b", 2, 2.0)]
    got = solution.asof_join([("a", 10), ("nobody", 10), ("b", 10)], feats, 100)
    close(got, [1.0, NAN, 2.0], msg="the second event has a key without values")


def test_shuffled_values(solution, rng):
    times = rng.choice(100, size=8, replace=False)
    feats = [("a", int(t), float(t)) for t in sorted(times, reverse=True)]
    got = solution.asof_join([("a", 1000)], feats, 2000)
    close(got, [float(max(times))], msg="values from the newest to the oldest")
    close(solution.asof_join([("a", 1000)], _shuffled(rng, feats), 2000), [float(max(times))], msg="values in any order")


def test_events_in_any_order(solution, rng):
    feats = [("a", 10 * i, float(i)) for i in range(8)]
    order = [int(i) for i in rng.permutation(7)]
    while order == sorted(order):
        order = [int(i) for i in rng.permutation(7)]
    events = [("a", 10 * i + 5) for i in order]
    got = list(solution.asof_join([*events[:3], ("a", -1), *events[3:]], feats, 100))
    close([*got[:3], *got[4:]], [float(i) for i in order], msg="one value per event, in the order of the events")


def test_same_time_twice(solution, rng):
    first, second = sorted(rng.normal(size=2), reverse=True)
    feats = [("a", 10, first), ("b", 10, 5.0), ("a", 10, second), ("a", 5, 9.0)]
    close(solution.asof_join([("a", 11)], feats, 100), [second], msg="a high value at time 10, then a lower one for the same time")
    feats = [("a", 10, second), ("a", 10, first)]
    close(solution.asof_join([("a", 11)], feats, 100), [first], msg="a low value at time 10, then a higher one for the same time")


def test_against_counting(solution, rng):
    feats = _log(rng)
    events = [(key, time) for key, time, _ in _log(rng, n=25, keys="abcd")]
    age = int(rng.integers(4, 12))
    close(solution.asof_join(events, feats, age), _wanted(events, feats, age))


def test_empty_sides(solution, rng):
    close(solution.asof_join([("a", 1), ("b", 2)], [], 10), [NAN, NAN], msg="no values at all")
    equal(len(solution.asof_join([], [("a", 1, float(rng.normal()))], 10)), 0, msg="number of results without events")


def test_zero_is_a_value(solution, rng):
    start = int(rng.integers(1, 9))
    feats = [("a", start, 7.0), ("a", start + 1, 0.0)]
    close(solution.asof_join([("a", start + 2)], feats, 100), [0.0], msg="the latest value is 0")
    close(solution.asof_join([("a", 1)], [("a", 0, 4.0)], 100), [4.0], msg="a value written at time 0")


def test_withdrawn_value(solution, rng):
    x = float(rng.normal())
    feats = [("a", 10, x), ("a", 20, NAN)]
    close(solution.asof_join([("a", 15), ("a", 25)], feats, 100), [x, NAN], msg="the latest value is a stored NaN")


def test_tables_untouched(solution, rng):
    feats = sorted(_log(rng, n=10), key=lambda row: -row[1])
    events = [("a", 30), ("b", 5), ("a", 12)]
    unchanged(solution.asof_join, events, feats, 10)


def test_nanoseconds(solution, rng):
    now = 1_700_000_000_000_000_000 + int(rng.integers(0, 10**9))
    feats = [("a", now - 3, 1.0), ("a", now, 2.0), ("a", now + 2, 3.0)]
    got = solution.asof_join([("a", now), ("a", now + 1), ("a", now + 2), ("a", now + 3)], feats, 10**9)
    close(got, [1.0, 2.0, 2.0, 3.0], msg="times a few nanoseconds apart")
