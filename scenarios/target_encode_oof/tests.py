import math

import numpy as np

from interviewer.expect import close, raises, unchanged

NAN = math.nan
CITIES = ["ankara", "bern", "cork", "delft", "essen"]


def _code(cat, y, rows, name, m):
    """The definition for one category, over a list of rows."""
    if not rows:
        return NAN
    prior = math.fsum(y[row] for row in rows) / len(rows)
    own = [y[row] for row in rows if cat[row] == name]
    return (math.fsum(own) + m * prior) / (len(own) + m) if own else prior


def _by_hand(cat, y, folds, m=10):
    n = len(y)
    others = [[j for j in range(n) if folds[j] != folds[i]] for i in range(n)]
    enc = [_code(cat, y, others[i], cat[i], m) for i in range(n)]
    mapping = {name: _code(cat, y, list(range(n)), name, m) for name in cat}
    mapping[None] = math.fsum(y) / n
    return enc, mapping


def _enc(got):
    assert isinstance(got, (tuple, list)) and len(got) == 2, f"(train_enc, mapping) is wanted, got {got!r}"
    return np.asarray(got[0], dtype=float)


def _mapping(got):
    assert isinstance(got, (tuple, list)) and len(got) == 2, f"(train_enc, mapping) is wanted, got {got!r}"
    assert isinstance(got[1], dict), f"mapping should be a dict, got {got[1]!r}"
    return {name: float(value) for name, value in got[1].items()}


def _table(rng, n=30, k=3):
    """Five cities with clicks at random, every fold present."""
    folds = rng.permutation(np.arange(n) % k).tolist()
    return rng.choice(CITIES, size=n).tolist(), rng.integers(0, 2, size=n).tolist(), folds


def test_six_rows(solution, rng):
    got = solution.target_encode(["a", "a", "a", "b", "b", "b"], [1, 1, 0, 0, 0, 1], [0, 1, 2, 0, 1, 2], 2)
    close(_enc(got), [0.5, 0.5, 0.75, 0.5, 0.5, 0.25])


def test_serving_numbers(solution, rng):
    got = solution.target_encode(["a", "a", "b", "b", "b"], [1, 1, 0, 0, 1], [0, 1, 0, 1, 0], 5)
    close({k: v for k, v in _mapping(got).items() if k is not None}, {"a": 5 / 7, "b": 0.5})


def test_random_rows(solution, rng):
    table = _table(rng)
    close(_enc(solution.target_encode(*table)), _by_hand(*table)[0])


def test_serving_random(solution, rng):
    table, m = _table(rng), int(rng.integers(1, 20))
    close(_mapping(solution.target_encode(*table, m=m)), _by_hand(*table, m)[1])


def test_own_fold_blind(solution, rng):
    cat, y, folds = _table(rng)
    fold = int(rng.integers(0, 3))
    flipped = [1 - click if f == fold else click for click, f in zip(y, folds)]
    before, after = (
        _enc(solution.target_encode(cat, y, folds)),
        _enc(solution.target_encode(cat, flipped, folds)),
    )
    own = np.flatnonzero(np.array(folds) == fold)
    close(before[own], [_by_hand(cat, y, folds)[0][i] for i in own], msg="a fold's codes:")
    close(after[own], before[own], msg="codes of a fold whose own targets were flipped:")


def test_prior_of_the_others(solution, rng):
    y = [1, 1, 1, 0, 0, 0] if rng.random() < 0.5 else [0, 0, 0, 1, 1, 1]
    got = solution.target_encode(["a", "b", "c", "d", "e", "f"], y, [0, 0, 0, 1, 1, 1], 4)
    close(_enc(got), [1 - click for click in y], msg="no city is known to the other fold:")


def test_only_once(solution, rng):
    cat, y, folds = _table(rng, 20)
    row = int(rng.integers(0, 20))
    cat[row] = "york"
    rest = [y[j] for j in range(20) if folds[j] != folds[row]]
    close(_enc(solution.target_encode(cat, y, folds, 3))[row], sum(rest) / len(rest))


def test_no_extra_rows(solution, rng):
    cat, y, folds = _table(rng, 20)
    cat[0] = "york"
    enc, mapping = _by_hand(cat, y, folds, 0)
    got = solution.target_encode(cat, y, folds, 0)
    close(_enc(got), enc, msg="m = 0:")
    close({k: v for k, v in _mapping(got).items() if k is not None}, {k: v for k, v in mapping.items() if k})


def test_much_smoothing(solution, rng):
    cat, y, folds = _table(rng, 24)
    got = _enc(solution.target_encode(cat, y, folds, 1e9))
    priors = [np.mean([y[j] for j in range(24) if folds[j] != fold]) for fold in folds]
    close(got, priors, atol=1e-6, msg="with m = 1e9 all is prior:")


def test_unknown_category(solution, rng):
    cat, y, folds = _table(rng, 15)
    mapping = _mapping(solution.target_encode(cat, y, folds))
    assert None in mapping, "mapping has no key None"
    close(mapping[None], sum(y) / 15)


def test_any_fold_numbers(solution, rng):
    cat, y, folds = _table(rng, 21)
    numbers = rng.choice(range(3, 50), size=3, replace=False).tolist()
    named = [numbers[fold] for fold in folds]
    close(
        _enc(solution.target_encode(cat, y, named, 2)), _by_hand(cat, y, folds, 2)[0], msg=f"folds {numbers}:"
    )


def test_one_fold(solution, rng):
    cat, y, _ = _table(rng, 8)
    got = solution.target_encode(cat, y, [4] * 8)
    close(_enc(got), [NAN] * 8)
    close(_mapping(got), _by_hand(cat, y, [4] * 8)[1])


def test_mixed_order(solution, rng):
    cat, y, folds = _table(rng, 18)
    enc = _by_hand(cat, y, folds, 3)[0]
    mixed = rng.permutation(18).tolist()
    table = [[column[i] for i in mixed] for column in (cat, y, folds)]
    close(_enc(solution.target_encode(*table, m=3)), [enc[i] for i in mixed], msg="mixed rows:")


def test_uneven_columns(solution, rng):
    cat, y, folds = _table(rng, 6)
    raises(ValueError, solution.target_encode, cat[:5], y, folds)
    raises(ValueError, solution.target_encode, cat, y[:5], folds)
    raises(ValueError, solution.target_encode, cat, y, folds[:5])


def test_amounts(solution, rng):
    cat, _, folds = _table(rng, 20)
    y = (rng.integers(-400, 400, size=20) / 8).tolist()
    got, (enc, mapping) = solution.target_encode(cat, y, folds, 2.5), _by_hand(cat, y, folds, 2.5)
    close(_enc(got), enc, msg="amounts:")
    close(_mapping(got), mapping, msg="amounts, mapping:")


def test_input_left_alone(solution, rng):
    cat, y, folds = _table(rng, 12)
    close(_enc(unchanged(solution.target_encode, cat, y, folds)), _by_hand(cat, y, folds)[0])
