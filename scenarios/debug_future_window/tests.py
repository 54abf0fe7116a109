import math

import numpy as np

from interviewer.expect import close, equal, unchanged

NAN = math.nan


def _table(rows):
    """Columns of (shop, day, sales) rows."""
    shop, day, sales = zip(*rows)
    return {"shop": list(shop), "day": np.array(day), "sales": np.array(sales, dtype=float)}


def _random(rng, shops=3, days=14, closed=0.3):
    """Some shops over some days, some of them closed, in a random order."""
    start = int(rng.integers(0, 400))
    rows = [
        (f"shop {name}", start + day, float(rng.integers(1, 100)))
        for name in range(shops)
        for day in range(days)
        if rng.random() > closed
    ]
    return _table([rows[i] for i in rng.permutation(len(rows))]), start


def _counted(data):
    """recent by looking at every pair of rows."""
    rows = list(zip(data["shop"], data["day"], data["sales"]))
    found = []
    for shop, day, _ in rows:
        near = [sold for other, when, sold in rows if other == shop and 1 <= day - when <= 3]
        found.append(sum(near) / len(near) if near else NAN)
    return found


def test_by_hand(solution, rng):
    data = _table([("a", 1, 10.0), ("a", 2, 20.0), ("a", 3, 30.0), ("a", 4, 70.0), ("a", 5, 5.0)])
    close(solution.add_features(data, 6)["recent"], [NAN, 10.0, 15.0, 20.0, 40.0], msg="recent")


def test_own_day(solution, rng):
    data = _table([("a", day, float(rng.integers(1, 50))) for day in range(6)])
    before = solution.add_features(data, 4)["recent"]
    data["sales"][5] += 1000.0
    after = solution.add_features(data, 4)["recent"]
    close(after, before, msg="recent when only the sales of the last day change")


def test_later_days(solution, rng):
    data, start = _random(rng)
    keep = data["day"] < start + 9
    short = {"shop": [s for s, k in zip(data["shop"], keep) if k], "day": data["day"][keep], "sales": data["sales"][keep]}
    whole, cut = solution.add_features(data, start + 6), solution.add_features(short, start + 6)
    close(np.asarray(whole["recent"])[keep], cut["recent"], msg="recent with and without the later days")
    close(np.asarray(whole["level"])[keep], cut["level"], msg="level with and without the later days")


def test_against_counting(solution, rng):
    data, start = _random(rng)
    close(solution.add_features(data, start + 8)["recent"], _counted(data), msg="recent")


def test_first_day(solution, rng):
    data = _table([("a", 3, 10.0), ("a", 4, 20.0), ("b", 4, 5.0), ("b", 5, 7.0)])
    got = solution.add_features(data, 10)
    close(got["recent"], [NAN, 10.0, NAN, 5.0], msg="recent")
    close(got["level"], [NAN, 1.0, NAN, 0.5], msg="level")


def test_closed_days(solution, rng):
    x = rng.uniform(10, 20, size=6)
    data = _table(list(zip("aaaaaa", [1, 2, 3, 5, 6, 8], x)))
    wanted = [x[0], (x[0] + x[1]) / 2, (x[1] + x[2]) / 2, (x[2] + x[3]) / 2, (x[3] + x[4]) / 2]
    close(solution.add_features(data, 9)["recent"][1:], wanted, msg="recent from day 2 on, days 4 and 7 missing")


def test_lonely_row(solution, rng):
    data = _table([("a", 1, float(rng.integers(1, 50))), ("b", 20, float(rng.integers(1, 50)))])
    got = solution.add_features(data, 30)
    close(got["recent"], [NAN, NAN], msg="recent of two shops with one row each")


def test_long_break(solution, rng):
    x = rng.uniform(10, 20, size=4)
    gap = int(rng.integers(4, 40))
    data = _table(list(zip("aaaa", [1, 2, 2 + gap, 3 + gap], x)))
    got = solution.add_features(data, 100)["recent"]
    close(got, [NAN, x[0], NAN, x[2]], msg="recent after a long break")


def test_two_shops(solution, rng):
    x, y = rng.uniform(10, 20, size=4), rng.uniform(100, 200, size=4)
    data = _table([*zip("aaaa", range(4), x), *zip("bbbb", range(2, 6), y)])
    wanted = [NAN, x[0], x[:2].mean(), x[:3].mean(), NAN, y[0], y[:2].mean(), y[:3].mean()]
    close(solution.add_features(data, 9)["recent"], wanted, msg="recent of two shops")


def test_any_order(solution, rng):
    x = rng.uniform(10, 20, size=7)
    order = rng.permutation(7)
    while np.all(np.diff(order) > 0):
        order = rng.permutation(7)
    wanted = np.array([NAN, *(x[max(0, i - 3) : i].mean() for i in range(1, 7))])
    rows = [("a", int(i), float(x[i])) for i in order]
    close(solution.add_features(_table(rows), 9)["recent"], wanted[order], msg="recent of shuffled rows")


def test_training_scale(solution, rng):
    data, start = _random(rng, closed=0.1)
    data["sales"][data["day"] >= start + 8] *= 5
    recent = np.array(_counted(data))
    top = np.nanmax(recent[data["day"] < start + 8])
    close(solution.add_features(data, start + 8)["level"], recent / top, msg="level")


def test_later_peak(solution, rng):
    data = _table([("a", day, float(rng.integers(10, 50))) for day in range(8)])
    before = np.asarray(solution.add_features(data, 5)["level"])
    data["sales"][6] += 5000.0
    after = np.asarray(solution.add_features(data, 5)["level"])
    close(after[:7], before[:7], msg="level of the days before a record day")


def test_first_test_day(solution, rng):
    a, b, c = rng.uniform([10, 20, 90], [15, 25, 99])
    data = _table([("a", 1, a), ("a", 2, b), ("a", 3, c), ("a", 4, 1.0)])
    recent = np.array([NAN, a, (a + b) / 2, (a + b + c) / 3])
    close(solution.add_features(data, 4)["level"], recent / recent[2], msg="level when training ends before day 4")


def test_nothing_in_training(solution, rng):
    data, start = _random(rng, shops=2, days=6)
    got = solution.add_features(data, start)
    close(got["recent"], _counted(data), msg="recent")
    close(got["level"], [NAN] * len(data["day"]), msg="level without any training row")


def test_no_sales_in_training(solution, rng):
    data = _table([("a", day, 0.0 if day < 4 else float(rng.integers(1, 50))) for day in range(7)])
    got = solution.add_features(data, 4)
    close(got["recent"][1:5], [0.0] * 4, msg="recent after days with no sales")
    close(got["level"], [NAN] * 7, msg="level when nothing was sold in training")


def test_plain_lists(solution, rng):
    x = [int(v) for v in rng.integers(10, 50, size=4)]
    data = {"shop": ["a"] * 4, "day": [1, 2, 3, 4], "sales": x}
    got = solution.add_features(data, 9)["recent"]
    close(got, [NAN, x[0], (x[0] + x[1]) / 2, (x[0] + x[1] + x[2]) / 3], msg="recent")


def test_columns_kept(solution, rng):
    data, start = _random(rng, shops=2, days=6)
    got = solution.add_features(data, start + 4)
    equal(sorted(got), ["day", "level", "recent", "sales", "shop"], msg="keys")
    for name in data:
        equal(list(got[name]), list(data[name]), msg=name)


def test_table_untouched(solution, rng):
    data, start = _random(rng, shops=2, days=6)
    unchanged(solution.add_features, data, start + 4)
