import math

import numpy as np

from interviewer.expect import close, raises

DAY = 86400
NAN = math.nan


def _by_hand(user_id, ts, amount, window=7 * DAY):
    """The definition, read aloud: a list of the amounts each row may see."""
    seen = [
        [
            float(amount[j])
            for j in range(len(ts))
            if user_id[j] == user_id[i] and ts[i] - window <= ts[j] < ts[i] and not math.isnan(amount[j])
        ]
        for i in range(len(ts))
    ]
    return [len(past) for past in seen], [math.fsum(past) / len(past) if past else NAN for past in seen]


def _agree(got, count, mean, msg=""):
    got_count, got_mean = got
    close(np.asarray(got_count, dtype=float), np.asarray(count, dtype=float), msg=f"{msg} count".strip())
    close(np.asarray(got_mean, dtype=float), np.asarray(mean, dtype=float), msg=f"{msg} mean".strip())


def _log(rng, n=60):
    """Three users over three weeks, seconds all different, rows in time order."""
    ts = np.sort(rng.choice(21 * DAY, size=n, replace=False))
    return rng.choice(["ann", "bob", "cem"], size=n), ts, rng.integers(1, 500, size=n) / 4


def test_one_user(solution, rng):
    got = solution.rolling_features(["ann"] * 4, [0, DAY, 2 * DAY, 9 * DAY], [1.0, 3.0, 5.0, 7.0])
    _agree(got, [0, 1, 2, 1], [NAN, 1, 2, 5])


def test_two_users(solution, rng):
    start = int(rng.integers(0, 10**9))
    ts = [start, start + 1, start + 2, start + 3]
    got = solution.rolling_features(["ann", "bob", "ann", "bob"], ts, [1.0, 10.0, 3.0, 30.0])
    _agree(got, [0, 0, 1, 1], [NAN, NAN, 1, 10])


def test_three_weeks(solution, rng):
    log = _log(rng)
    _agree(solution.rolling_features(*log), *_by_hand(*log))


def test_later_rows(solution, rng):
    _, ts, amounts = _log(rng, 24)
    users, ts = ["ann", "bob", "cem"] * 8, ts // 7
    first = _by_hand(users[:12], ts[:12], amounts[:12])
    count, mean = solution.rolling_features(users, ts, amounts)
    _agree((count[:12], mean[:12]), *first, msg="rows 0 to 11, whatever comes later:")


def test_own_amount(solution, rng):
    got = solution.rolling_features(["ann", "ann"], [0, 5], [4.0, float(rng.integers(10**5, 10**6))])
    _agree(got, [0, 1], [NAN, 4.0])


def test_exactly_seven_days(solution, rng):
    start = int(rng.integers(0, 10**6))
    got = solution.rolling_features(["ann"] * 2, [start, start + 7 * DAY], [2.5, 1.0])
    _agree(got, [0, 1], [NAN, 2.5], msg="seven days apart:")
    got = solution.rolling_features(["ann"] * 2, [start, start + 7 * DAY + 1], [2.5, 1.0])
    _agree(got, [0, 0], [NAN, NAN], msg="one second more:")


def test_morning_and_noon(solution, rng):
    morning = int(rng.integers(1, DAY // 2))
    got = solution.rolling_features(["ann"] * 2, [morning, 7 * DAY + morning + 3600], [1.0, 1.0])
    _agree(got, [0, 0], [NAN, NAN], msg="seven days and an hour apart:")


def test_same_second(solution, rng):
    paid = rng.integers(1, 50, size=4).astype(float)
    got = solution.rolling_features(["ann"] * 4, [0, 10, 10, 10], paid)
    _agree(got, [0, 1, 1, 1], [NAN, paid[0], paid[0], paid[0]])


def test_any_order(solution, rng):
    users, ts, amounts = _log(rng, 30)
    count, mean = _by_hand(users, ts, amounts)
    mixed = rng.permutation(30)
    got = solution.rolling_features(users[mixed], ts[mixed], amounts[mixed])
    _agree(got, np.array(count)[mixed], np.array(mean)[mixed], msg="mixed rows:")


def test_newest_first(solution, rng):
    got = solution.rolling_features(["ann"] * 3, [2 * DAY, 0, DAY], [5.0, 1.0, 3.0])
    _agree(got, [2, 0, 1], [2, NAN, 1])


def test_missing_amounts(solution, rng):
    got = solution.rolling_features(["ann"] * 4, [0, 1, 2, 3], [NAN, 4.0, NAN, 6.0])
    _agree(got, [0, 0, 1, 1], [NAN, NAN, 4, 4])
    users, ts, amounts = _log(rng, 40)
    amounts[rng.choice(40, size=12, replace=False)] = NAN
    _agree(solution.rolling_features(users, ts, amounts), *_by_hand(users, ts, amounts), msg="with gaps:")


def test_only_missing_amounts(solution, rng):
    got = solution.rolling_features(["ann", "bob", "bob"], [0, 1, 2], [1.0, NAN, NAN])
    _agree(got, [0, 0, 0], [NAN, NAN, NAN])


def test_no_rows(solution, rng):
    count, mean = solution.rolling_features([], [], [])
    assert len(count) == 0 and len(mean) == 0, f"two empty columns are wanted, got {count!r} and {mean!r}"


def test_uneven_columns(solution, rng):
    raises(ValueError, solution.rolling_features, ["ann"], [0, 1], [1.0, 2.0])
    raises(ValueError, solution.rolling_features, ["ann", "bob"], [0, 1], [1.0])
    raises(ValueError, solution.rolling_features, ["ann", "bob"], [0], [1.0, 2.0])


def test_other_window(solution, rng):
    log = _log(rng, 30)
    window = int(rng.integers(DAY, 5 * DAY))
    _agree(solution.rolling_features(*log, window=window), *_by_hand(*log, window), msg=f"{window} seconds:")
    got = solution.rolling_features(["ann"] * 3, [0, 50, 100], [1.0, 1.0, 1.0], window=60)
    _agree(got, [0, 1, 1], [NAN, 1, 1], msg="60 seconds:")


def test_after_a_huge_amount(solution, rng):
    small = rng.integers(1, 9, size=3).astype(float)
    ts = [0, 8 * DAY, 8 * DAY + 1, 8 * DAY + 2]
    _, mean = solution.rolling_features(["ann"] * 4, ts, [1e17, *small])
    close(
        np.asarray(mean, dtype=float)[2:], [small[0], (small[0] + small[1]) / 2], msg="mean, eight days later"
    )
