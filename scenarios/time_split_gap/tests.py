import math

import numpy as np

from interviewer.expect import equal, raises, unchanged

DAY = 86400
NAN = math.nan


def _by_hand(event_ts, label_ts, cutoff, test_len):
    train, test = [], []
    for row, (event, label) in enumerate(zip(event_ts, label_ts)):
        if cutoff <= event < cutoff + test_len:
            test.append(row)
        elif event < cutoff and label is not None and label < cutoff:
            train.append(row)
    return train, test


def _agree(got, train, test, msg=""):
    assert isinstance(got, (tuple, list)) and len(got) == 2, f"(train_idx, test_idx) is wanted, got {got!r}"
    for side, mine, theirs in (("train", got[0], train), ("test", got[1], test)):
        assert mine is not None, f"{side}: nothing was returned"
        equal(np.asarray(mine, dtype=int).tolist(), [int(row) for row in theirs], msg=f"{msg} {side}".strip())


def _loans(rng, n=40):
    """Events over a hundred days in time order, labels up to forty days later."""
    event = np.sort(rng.choice(100 * DAY, size=n, replace=False))
    event[0], label = 0, event + rng.integers(1, 40 * DAY, size=n)
    label[0] = DAY
    return event.tolist(), label.tolist()


def test_delayed_labels(solution, rng):
    got = solution.time_split([10, 20, 30, 40, 60], [15, 45, 70, 48, 65], 50, 20)
    _agree(got, [0, 1, 3], [4])


def test_test_stretch(solution, rng):
    got = solution.time_split([0, 55, 65, 75, 90], [1, 56, 66, 76, 91], 50, 20)
    _agree(got, [0], [1, 2])


def test_random_rows(solution, rng):
    event, label = _loans(rng)
    cutoff, length = int(rng.integers(40, 70)) * DAY, int(rng.integers(5, 30)) * DAY
    _agree(solution.time_split(event, label, cutoff, length), *_by_hand(event, label, cutoff, length))


def test_label_at_the_cutoff(solution, rng):
    cutoff = int(rng.integers(10**6, 10**9))
    event = [cutoff - 9, cutoff - 8, cutoff - 7, cutoff]
    got = solution.time_split(event, [cutoff - 1, cutoff, cutoff + 1, cutoff + 5], cutoff, 10)
    _agree(got, [0], [3])


def test_edges_of_the_test(solution, rng):
    cutoff, length = int(rng.integers(10**6, 10**9)), int(rng.integers(5, 1000))
    event = [cutoff - 5, cutoff - 1, cutoff, cutoff + 1, cutoff + length - 1, cutoff + length]
    label = [cutoff - 2, *(second + 2 for second in event[1:])]
    _agree(solution.time_split(event, label, cutoff, length), [0], [2, 3, 4])


def test_late_labels_in_the_test(solution, rng):
    late = int(rng.integers(500, 10**6))
    got = solution.time_split([0, 110, 120, 130], [1, 115, 200, late], 100, 50)
    _agree(got, [0], [1, 2, 3], msg="labels come when they come:")


def test_fits_nowhere(solution, rng):
    late = int(rng.integers(151, 10**6))
    got = solution.time_split([10, 20, 90, 110, 150, 400], [20, late, 100, 140, 160, 500], 100, 50)
    _agree(got, [0], [3])


def test_missing_labels(solution, rng):
    event = [10, 20, 30, 110, 120, 130]
    labels = [15, 25, 35, 111, 121, 131]
    unknown = int(rng.integers(0, 3))
    known = [row for row in range(3) if row != unknown]
    for gap in (NAN, None):
        labels[unknown] = gap
        _agree(solution.time_split(event, labels, 100, 50), known, [3, 4, 5], msg=f"{gap} as a label time:")


def test_unlabelled_in_the_test(solution, rng):
    event = [10, 20, 30, 110, 120, 130]
    _agree(solution.time_split(event, [15, 25, 35, NAN, 121, NAN], 100, 50), [0, 1, 2], [3, 4, 5], msg="NaN:")
    _agree(
        solution.time_split(event, [15, 25, 35, None, 121, None], 100, 50), [0, 1, 2], [3, 4, 5], msg="None:"
    )
    event, label = _loans(rng, 30)
    for row in rng.choice(range(1, 30), size=8, replace=False):
        label[row] = None
    _agree(solution.time_split(event, label, 60 * DAY, 20 * DAY), *_by_hand(event, label, 60 * DAY, 20 * DAY))


def test_any_order(solution, rng):
    event, label = _loans(rng, 30)
    mixed = rng.permutation(30)
    event, label = [event[i] for i in mixed], [label[i] for i in mixed]
    got = solution.time_split(event, label, 55 * DAY, 25 * DAY)
    _agree(got, *_by_hand(event, label, 55 * DAY, 25 * DAY), msg="mixed rows:")


def test_positions(solution, rng):
    shift = int(rng.integers(0, 10**6))
    event = [second + shift for second in (140, 30, 120, 10, 20, 130)]
    label = [second + shift for second in (141, 31, 121, 11, 21, 131)]
    train, test = solution.time_split(event, label, 100 + shift, 50)
    _agree((train, test), [1, 3, 4], [0, 2, 5], msg="positions, smallest first:")


def test_clocks_off(solution, rng):
    early = int(rng.integers(1, 99))
    got = solution.time_split([10, 90, 100, 120, 200], [20, early, early, 95, 30], 100, 50)
    _agree(got, [0, 1], [2, 3])


def test_empty_train(solution, rng):
    late = int(rng.integers(100, 10**6))
    raises(ValueError, solution.time_split, [110, 120], [115, 125], 100, 50)
    raises(ValueError, solution.time_split, [10, 120], [late, 125], 100, 50)
    raises(ValueError, solution.time_split, [], [], 100, 50)


def test_empty_test(solution, rng):
    far = int(rng.integers(1000, 10**6))
    _agree(solution.time_split([10, 20, far], [11, 21, far + 1], 100, 50), [0, 1], [])


def test_uneven_columns(solution, rng):
    raises(ValueError, solution.time_split, [10, 20, 110], [11, 21], 100, 50)
    raises(ValueError, solution.time_split, [10], [11, 21], 100, 50)


def test_nothing_from_later(solution, rng):
    event, label = _loans(rng, 30)
    cutoff = 50 * DAY
    train, _ = solution.time_split(event, label, cutoff, 10 * DAY)
    later = [second if second < cutoff else cutoff + int(rng.integers(0, 90 * DAY)) for second in label]
    again, _ = solution.time_split(event, later, cutoff, 10 * DAY)
    told = [row for row in range(30) if event[row] < cutoff and label[row] < cutoff]
    equal(
        np.asarray(again, dtype=int).tolist(),
        np.asarray(train, dtype=int).tolist(),
        msg="after later labels moved",
    )
    equal(np.asarray(train, dtype=int).tolist(), told, msg="rows known at the cutoff")


def test_end_to_end(solution, rng):
    event, label = _loans(rng, 30)
    cutoffs = [20 * DAY, 40 * DAY, 60 * DAY, 80 * DAY]
    event[3:7] = cutoffs
    tested = []
    for cutoff in cutoffs:
        tested += np.asarray(solution.time_split(event, label, cutoff, 20 * DAY)[1], dtype=int).tolist()
    equal(
        sorted(tested), [row for row in range(30) if event[row] >= 20 * DAY], msg="each later row tested once"
    )


def test_input_left_alone(solution, rng):
    event, label = _loans(rng, 20)
    mixed = rng.permutation(20)
    event, label = [event[i] for i in mixed], [label[i] for i in mixed]
    label[event.index(max(event))] = None
    got = unchanged(solution.time_split, event, label, 55 * DAY, 25 * DAY)
    _agree(got, *_by_hand(event, label, 55 * DAY, 25 * DAY))
