import numpy as np

from interviewer.expect import close, each, equal, raises, unchanged


def _labels(rng, positives, negatives):
    return rng.permutation(np.repeat([1, 0], [positives, negatives]))


def _seed(rng):
    return int(rng.integers(1, 10**6))


def _sample(solution, y, rate, seed):
    return _arrays(solution.downsample(y, rate, seed))


def _arrays(got):
    idx, weight = got
    idx, weight = np.asarray(idx), np.asarray(weight)
    equal(weight.shape, idx.shape, msg="one weight for each row that stays")
    return idx, weight


def _negatives(y, idx):
    return int((np.asarray(y)[idx] == 0).sum())


def _leeway(n, p):
    """Seven standard deviations of the number of heads among n coins."""
    return 7 * (n * p * (1 - p)) ** 0.5


def test_positives_stay(solution, rng):
    y = _labels(rng, 40, 400)
    idx, _ = _sample(solution, y, 0.1, _seed(rng))
    equal(np.setdiff1d(np.flatnonzero(y == 1), idx).tolist(), [], msg="positives that were left out")


def test_two_weights(solution, rng):
    y = np.repeat([1, 0], [3, 203])
    idx, weight = _sample(solution, y, 0.2, _seed(rng))
    close(weight, [1.0 if row < 3 else 5.0 for row in idx], msg="weights, the positives come first in y")


def test_share_kept(solution, rng):
    y = _labels(rng, 500, 6000)
    for rate in (0.2, 0.7):
        kept = _negatives(y, _sample(solution, y, rate, _seed(rng))[0])
        wrong = abs(kept - rate * 6000) > _leeway(6000, rate)
        assert not wrong, f"{kept} of 6000 negatives stay at rate {rate}"


def test_same_seed(solution, rng):
    y, seed = _labels(rng, 20, 300), _seed(rng)
    first = _sample(solution, y, 0.4, seed)
    for other in (seed + 1, seed + 2):
        _sample(solution, y, 0.4, other)
        again = _sample(solution, y, 0.4, seed)
        equal(again[0], first[0], msg="rows of a later call with the same seed")
        equal(again[1], first[1], msg="weights of a later call with the same seed")


def test_increasing_rows(solution, rng):
    y = _labels(rng, 60, 300)
    idx, _ = _sample(solution, y, 0.5, _seed(rng))
    assert idx.dtype.kind in "iu", f"row numbers should be integers, not {idx.dtype}"
    assert (np.diff(idx) > 0).all(), f"row numbers should increase, got {idx[:12].tolist()} ..."


def test_number_varies(solution, rng):
    y = _labels(rng, 10, 1200)
    calls = [(y, 0.5, _seed(rng)) for _ in range(10)]
    kept = {_negatives(y, _arrays(got)[0]) for got in each(solution.downsample, calls)}
    assert len(kept) > 2, f"ten seeds kept only these numbers of 1200 negatives: {sorted(kept)}"


def test_neighbours(solution, rng):
    y = np.repeat([0, 1], [6000, 5])
    idx, _ = _sample(solution, y, 0.5, _seed(rng))
    stays = np.isin(np.arange(6000), idx)
    for step in (1, 2):
        both = int((stays[step:] & stays[:-step]).sum())
        usual = (6000 - step) / 4
        # The variance of such a count is n * 5/16 at the rate of a half.
        assert abs(both - usual) < 7 * (6000 * 5 / 16) ** 0.5, (
            f"{both} pairs at distance {step} stay together"
        )


def test_mixed_rows(solution, rng):
    y = _labels(rng, 40, 200)
    for rate in (0.3, 0.45, float(rng.uniform(0.55, 0.95))):
        idx, weight = _sample(solution, y, rate, _seed(rng))
        close(
            weight * (rate + (1 - rate) * y[idx]), np.ones(len(idx)), msg=f"weight by share, rate {rate:.3f}"
        )


def test_positives_count_once(solution, rng):
    y = _labels(rng, 50, 400)
    idx, weight = _sample(solution, y, 0.25, _seed(rng))
    close(weight[y[idx] == 1], np.ones((y[idx] == 1).sum()), msg="weights of positives")


def test_who_counts_more(solution, rng):
    y = _labels(rng, 50, 400)
    idx, weight = _sample(solution, y, 0.25, _seed(rng))
    least, most = weight[y[idx] == 0].min(), weight[y[idx] == 1].max()
    assert least >= most, f"a negative counts {least:.3g}, a positive {most:.3g}"


def test_base_rate(solution, rng):
    y = _labels(rng, 3000, 6000)
    idx, weight = _sample(solution, y, 0.25, _seed(rng))
    share = float(weight[y[idx] == 1].sum() / weight.sum())
    low, high = (3000 / (9000 + way * _leeway(6000, 0.25) / 0.25) for way in (1, -1))
    assert low < share < high, f"weighted share of positives {share:.3f}, in all rows it is 0.333"


def test_rate_one(solution, rng):
    y = _labels(rng, 30, 200)
    idx, weight = _sample(solution, y, 1.0, _seed(rng))
    equal(np.sort(idx), np.arange(230), msg="rows at rate 1")
    close(weight, np.ones(230), msg="weights at rate 1")
    equal(len(_sample(solution, y, 1, _seed(rng))[0]), 230, msg="rows at rate 1, given as an integer")


def test_tiny_rate(solution, rng):
    y = _labels(rng, 6, 20)
    idx, _ = _sample(solution, y, 1e-12, _seed(rng))
    equal(np.sort(idx), np.flatnonzero(y == 1), msg="rows at a rate of one in a million million")


def test_only_positives(solution, rng):
    size = int(rng.integers(2, 30))
    for n in (size, 1):
        idx, weight = _sample(solution, np.ones(n, dtype=int), 0.2, _seed(rng))
        equal(np.sort(idx), np.arange(n), msg="rows, all of them positive")
        equal(len(weight), n, msg="number of weights")


def test_mostly_positives(solution, rng):
    y = _labels(rng, 400, 40)
    idx, _ = _sample(solution, y, 0.3, _seed(rng))
    equal(int((y[idx] == 1).sum()), 400, msg="positives that stay")


def test_no_positives(solution, rng):
    for y in (np.zeros(int(rng.integers(1, 40)), dtype=int), [0, 0, 0], np.array([], dtype=int), []):
        for rate in (0.5, 1.0):
            raises(ValueError, solution.downsample, y, rate, _seed(rng))


def test_illegal_rates(solution, rng):
    y = _labels(rng, 10, 30)
    for rate in (0, 0.0, -0.2, 1.0 + float(rng.uniform(0.01, 1)), 10, 50):
        raises(ValueError, solution.downsample, y, rate, _seed(rng))


def test_other_labels(solution, rng):
    y = _labels(rng, 10, 30)
    row = int(rng.integers(0, 40))
    for strange in (-1, 2, 0.5):
        bad = y.astype(float)
        bad[row] = strange
        raises(ValueError, solution.downsample, bad, 0.5, _seed(rng))
    raises(ValueError, solution.downsample, 2 * y - 1, 0.5, _seed(rng))


def test_plain_lists(solution, rng):
    y, seed = _labels(rng, 12, 80), _seed(rng)
    idx, weight = _sample(solution, y, 0.25, seed)
    for kind, given in (("ints", y.tolist()), ("booleans", (y == 1).tolist()), ("floats", y * 1.0)):
        got = _sample(solution, given, 0.25, seed)
        equal(got[0], idx, msg=f"rows, labels as {kind}")
        close(got[1], weight, msg=f"weights, labels as {kind}")


def test_other_seed(solution, rng):
    y, seed = _labels(rng, 10, 400), _seed(rng)
    first = _sample(solution, y, 0.5, seed)[0]
    for other in (seed + 1, seed + 1000):
        assert not np.array_equal(_sample(solution, y, 0.5, other)[0], first), "two seeds chose the same rows"


def test_seed_zero(solution, rng):
    y = _labels(rng, 10, 400)
    first = _sample(solution, y, 0.5, 0)[0]
    equal(_sample(solution, y, 0.5, 0)[0], first, msg="rows of a second call with seed 0")


def _global_states(solution):
    """The state of each global generator the solution's file has at hand."""
    found = []
    for path in (("np", "random", "get_state"), ("numpy", "random", "get_state"), ("random", "getstate")):
        try:
            step = solution
            for name in path:
                step = getattr(step, name)
            found.append([getattr(part, "tobytes", lambda part=part: part)() for part in step()])
        except Exception:  # the file does not import it under this name
            continue
    return found


def test_generators_of_others(solution, rng):
    before = _global_states(solution)
    _sample(solution, _labels(rng, 10, 60), 0.5, _seed(rng))
    assert _global_states(solution) == before, "the call moved a generator that other code uses, too"


def test_labels_left_alone(solution, rng):
    unchanged(solution.downsample, _labels(rng, 10, 60), 0.3, _seed(rng))
