import math

import numpy as np

from interviewer.expect import close, equal, raises

NOTHING = {"precision": None, "recall": None, "f1": None, "loss": None}


def _naive(y, p):
    """All rows at once, from the definitions."""
    y, p = np.asarray(y), np.asarray(p, dtype=float)
    said = p >= 0.5
    hits = int((said & (y == 1)).sum())
    precision = hits / max(int(said.sum()), 1)
    recall = hits / max(int((y == 1).sum()), 1)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    loss = float(np.mean([-math.log(c if label else 1 - c) for label, c in zip(y.tolist(), p.tolist())]))
    return {"precision": precision, "recall": recall, "f1": f1, "loss": loss}


def _sample(rng, n):
    y = rng.permutation(np.arange(n) % 3 == 0).astype(int)
    return y, np.clip(0.25 + 0.35 * y + rng.uniform(-0.24, 0.39, size=n), 0.01, 0.99)


def _meter(solution, *batches):
    meter = solution.Meter()
    update = meter.update
    for y, p in batches:
        update(y, p)
    return meter


def _pieces(rng, sizes):
    """Batches of the given sizes, and all their rows together."""
    y, p = _sample(rng, sum(sizes))
    cuts = np.cumsum(sizes)[:-1]
    return list(zip(np.split(y, cuts), np.split(p, cuts))), _naive(y, p)


def test_one_batch(solution, rng):
    got = _meter(solution, ([1, 0, 1, 1], [0.9, 0.6, 0.4, 0.8])).result()
    loss = -(math.log(0.9) + math.log(0.4) + math.log(0.4) + math.log(0.8)) / 4
    close(got, {"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "loss": loss})


def test_two_batches(solution, rng):
    got = _meter(solution, ([1], [0.9]), ([0, 1, 1], [0.6, 0.4, 0.8])).result()
    loss = -(math.log(0.9) + math.log(0.4) + math.log(0.4) + math.log(0.8)) / 4
    close(got, {"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "loss": loss})


def test_uneven_batches(solution, rng):
    batches, wanted = _pieces(rng, [2, 31, 7, 1, 14])
    close(_meter(solution, *batches).result(), wanted)


def test_merge_two(solution, rng):
    batches, wanted = _pieces(rng, [5, 22, 9])
    meter = _meter(solution, *batches[:2])
    meter.merge(_meter(solution, batches[2]))
    close(meter.result(), wanted)


def test_merge_any_order(solution, rng):
    batches, wanted = _pieces(rng, [3, 17, 8])
    for order in ([0, 1, 2], [2, 0, 1], [1, 2, 0]):
        first, second, third = (_meter(solution, batches[at]) for at in order)
        second.merge(third)
        first.merge(second)
        close(first.result(), wanted, msg=f"merged in the order {order}")


def test_other_left_alone(solution, rng):
    batches, wanted = _pieces(rng, [9, 16])
    meter, other = _meter(solution, batches[0]), _meter(solution, batches[1])
    before = _naive(*batches[1])
    meter.merge(other)
    close(other.result(), before, msg="the merged meter")
    other.update([0, 0], [0.9, 0.9])
    close(meter.result(), wanted, msg="after the other meter went on")


def test_goes_on_after_merge(solution, rng):
    batches, wanted = _pieces(rng, [6, 12, 11])
    meter = _meter(solution, batches[0])
    meter.merge(_meter(solution, batches[1]))
    meter.update(*batches[2])
    close(meter.result(), wanted)


def test_meters_apart(solution, rng):
    batches, _ = _pieces(rng, [8, 13])
    first, second = _meter(solution, batches[0]), _meter(solution, batches[1])
    close(first.result(), _naive(*batches[0]), msg="first meter")
    close(second.result(), _naive(*batches[1]), msg="second meter")


def test_empty_batch(solution, rng):
    y, p = _sample(rng, 12)
    meter = _meter(solution, ([], []), (y, p), ([], []))
    close(meter.result(), _naive(y, p), msg="with empty batches")
    meter.merge(solution.Meter())
    close(meter.result(), _naive(y, p), msg="merged with an empty meter")


def test_no_rows(solution, rng):
    equal(solution.Meter().result(), NOTHING)
    equal(_meter(solution, ([], [])).result(), NOTHING, msg="after an empty batch")


def test_result_twice(solution, rng):
    batches, wanted = _pieces(rng, [10, 5])
    meter = _meter(solution, batches[0])
    meter.result()
    meter.update(*batches[1])
    close(meter.result(), wanted, msg="asked a second time")


def test_just_half(solution, rng):
    got = _meter(solution, ([1, 0, 1], [0.5, 0.5, 0.4999])).result()
    close([got["precision"], got["recall"], got["f1"]], [0.5, 0.5, 0.5])


def test_sure_and_wrong(solution, rng):
    got = _meter(solution, ([1, 0, 1, 0], [0.0, 0.0, 1.0, 1.0])).result()
    close(got["loss"], math.log(1e12) / 2, rtol=1e-4, msg="loss")


def test_no_positives(solution, rng):
    got = _meter(solution, ([0, 0, 0], [0.1, 0.2, 0.3])).result()
    close([got["precision"], got["recall"], got["f1"]], [0.0, 0.0, 0.0])
    got = _meter(solution, ([1, 0], [0.2, 0.7])).result()
    close([got["precision"], got["recall"], got["f1"]], [0.0, 0.0, 0.0], msg="no hit")


def test_lengths(solution, rng):
    y, p = _sample(rng, 9)
    meter = _meter(solution, (y, p))
    update = meter.update
    raises(ValueError, update, [1, 0, 1], [0.9, 0.1])
    raises(ValueError, update, [1], [0.9, 0.1])
    close(meter.result(), _naive(y, p), msg="after the refused batches")


def test_many_machines(solution, rng):
    batches, wanted = _pieces(rng, rng.integers(1, 6, size=12).tolist())
    meters = [_meter(solution, *batches[at::6]) for at in range(6)]
    meters[0].merge(meters[1])
    meters[2].merge(meters[3])
    meters[4].merge(meters[5])
    meters[2].merge(meters[4])
    meters[0].merge(meters[2])
    close(meters[0].result(), wanted)
