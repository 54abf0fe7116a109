from collections import Counter
from itertools import combinations

import numpy as np

from interviewer.expect import each, equal, peak, raises

EVENT_SIZE = 1 << 14


def _events(sample):
    assert sample is not None, "nothing was returned"
    return list(sample)


def _samples(solution, rng, n, k, runs):
    """Samples of k out of the events 0 ... n - 1, each with a seed of its own."""
    seeds = rng.choice(10_000_000, size=runs, replace=False).tolist()
    calls = [(list(range(n)), k, seed) for seed in seeds]
    return [_events(sample) for sample in each(solution.reservoir, calls)]


def _counts(samples, n):
    """How often each event was picked, over all samples."""
    return np.bincount(np.concatenate(samples).astype(int), minlength=n)


def _seed(rng):
    return int(rng.integers(1, 10_000_000))


def _names(rng, n):
    """n different texts."""
    return [f"event {number}" for number in rng.permutation(10 * n)[:n].tolist()]


def test_k_different_events(solution, rng):
    for sample in _samples(solution, rng, 12, 6, 12):
        assert len(sample) == 6, f"six events are wanted, here are {len(sample)}"
        assert len(set(sample) & set(range(12))) == 6, f"six different events of the stream are wanted: {sample}"
    got = solution.reservoir(_names(rng, 12), 6, _seed(rng))
    assert type(got) is list, f"a list is wanted, not a {type(got).__name__}"


def test_fewer_events(solution, rng):
    for n in (3, 5):
        events = _names(rng, n)
        got = _events(solution.reservoir(events, 5, _seed(rng)))
        equal(sorted(got), sorted(events), msg=f"k = 5 of {n} events")


def test_same_seed(solution, rng):
    events, seed = _names(rng, 60), _seed(rng)
    first = _events(solution.reservoir(events, 6, seed))
    solution.reservoir(events, 3, seed + 1)
    equal(sorted(_events(solution.reservoir(events, 6, seed))), sorted(first), msg="a second call")


def test_other_seeds(solution, rng):
    seen = {tuple(sorted(sample)) for sample in _samples(solution, rng, 60, 6, 12)}
    assert len(seen) > 6, f"twelve seeds give {len(seen)} different samples of 6 in 60 events"


def test_last_of_three(solution, rng):
    # Two of three: the last one is in with 2/3. Here and below bounds are 5 and more deviations away.
    calls = [("abc", 2, seed) for seed in rng.choice(10_000_000, size=640, replace=False).tolist()]
    picked = sum(_events(sample).count("c") for sample in each(solution.reservoir, calls))
    assert abs(picked - 427) < 60, f"the last of 3 events is in {picked} of 640 samples of 2"


def test_one_of_three(solution, rng):
    picked = _counts(_samples(solution, rng, 3, 1, 150), 3).tolist()
    assert all(12 < count < 92 for count in picked), f"how often each of 3 events was the one of 150: {picked}"


def test_early_and_late(solution, rng):
    picked = _counts(_samples(solution, rng, 160, 8, 15), 160)
    late = picked[80:].sum() / picked.sum()
    assert 0.2 < late < 0.85, f"{late:.0%} of the picks are of the second half of the stream"


def test_read_once(solution, rng):
    events = _names(rng, 8)
    for k in (3, 8, 11):
        got = _events(solution.reservoir(iter(events), k, _seed(rng)))
        assert len(got) == min(k, 8), f"k = {k} of 8 events that can be read once gives {len(got)}"
        assert set(got) <= set(events), f"these were not all in the stream: {got}"
    got = _events(solution.reservoir((name for name in ["a", "b"]), 2, _seed(rng)))
    equal(sorted(got), ["a", "b"], msg="a stream of two")


def test_held_at_once(solution, rng):
    solution.reservoir(list(range(9)), 2, 1)  # what is imported or made at first use is not held
    events = (number.to_bytes(EVENT_SIZE, "big") for number in range(17))
    _, held = peak(solution.reservoir, events, 3, _seed(rng))
    assert held < 12 * EVENT_SIZE, f"about {held / EVENT_SIZE:.0f} of 17 events were held at once, for k = 3"


def test_no_events(solution, rng):
    for k in (1, 4):
        equal(_events(solution.reservoir([], k, _seed(rng))), [], msg=f"k = {k} of an empty list")


def test_huge_k(solution, rng):
    events = _names(rng, 5)
    equal(sorted(_events(solution.reservoir(events, 10**15, _seed(rng)))), sorted(events))


def test_none_wanted(solution, rng):
    for n in (0, 1, 25):
        equal(_events(solution.reservoir(_names(rng, n), 0, _seed(rng))), [], msg=f"k = 0 of {n} events")


def test_negative_k(solution, rng):
    raises(ValueError, solution.reservoir, _names(rng, 8), -1, _seed(rng))
    raises(ValueError, solution.reservoir, [], -int(rng.integers(2, 9)), _seed(rng))


def test_none_among_them(solution, rng):
    events = ["a", None, "b", 0, "", None]
    got = [_events(solution.reservoir(events, k, _seed(rng))) for k in (6, 9)]
    for sample in got:
        equal(sorted(map(repr, sample)), sorted(map(repr, events)), msg="all of six events, two are None")


def test_any_kind(solution, rng):
    events = [{"id": 1}, [2, 3], "four", 5, {"id": 6}, [7]]
    places = rng.permutation(6).tolist()
    mixed = [events[at] for at in places]
    got = _events(solution.reservoir(mixed, 6, _seed(rng)))
    equal(sorted(map(repr, got)), sorted(map(repr, events)), msg="all of six events")
    got = _events(solution.reservoir(mixed, 3, _seed(rng)))
    assert len(got) == 3 and all(event in events for event in got), f"three of the events are wanted: {got}"


def test_equal_events(solution, rng):
    n = int(rng.integers(12, 20))
    equal(_events(solution.reservoir(["click"] * n, 4, _seed(rng))), ["click"] * 4, msg="4 of equal events")
    got = _events(solution.reservoir([["a"], ["a"], ["b"]], 3, _seed(rng)))
    equal(sorted(map(repr, got)), ["['a']", "['a']", "['b']"], msg="all of three events, two are equal")


def test_seed_zero(solution, rng):
    events = _names(rng, 200)
    first = sorted(_events(solution.reservoir(events, 5, 0)))
    equal(sorted(_events(solution.reservoir(events, 5, 0))), first, msg="a second call with seed 0")


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


def test_global_generators(solution, rng):
    solution.reservoir(_names(rng, 9), 2, 1)
    before = _global_states(solution)
    _events(solution.reservoir(_names(rng, 40), 3, _seed(rng)))
    assert _global_states(solution) == before, "the call moved a generator that other code uses, too"


def test_every_pair(solution, rng):
    pairs = Counter(tuple(sorted(sample)) for sample in _samples(solution, rng, 4, 2, 150))
    picked = {pair: pairs[pair] for pair in combinations(range(4), 2)}
    wrong = {pair: count for pair, count in picked.items() if not 0 < count < 70}
    assert not wrong, f"how often these pairs of 4 events were the 2 of 150 samples: {wrong}"
