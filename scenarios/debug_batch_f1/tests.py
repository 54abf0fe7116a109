import math

import numpy as np

from interviewer.expect import close, equal, raises


def _data(rng, n=40, d=3):
    """Rows with well separated scores, their logits by hand, and labels that partly disagree."""
    X = rng.normal(size=(n, d))
    w, b = rng.normal(size=d), float(rng.normal() * 0.2)
    z = X @ w + b
    y = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)
    y[np.argmax(z)], y[np.argmin(z)] = 1, 0
    return X, y, w, b, z


def _truth(z, y):
    """F1 and mean loss over all rows, one row at a time."""
    hit = sum(1 for s, t in zip(z, y) if s >= 0 and t == 1)
    said, real = sum(1 for s in z if s >= 0), int(sum(y))
    f1 = 2 * hit / (said + real) if said + real else 0.0
    loss = math.fsum(max(-s if t else s, 0.0) + math.log1p(math.exp(-abs(s))) for s, t in zip(z, y))
    return {"f1": f1, "loss": loss / len(y)}


def _cut(X, y, sizes):
    """Batches of these sizes, the rest in the last one."""
    at = np.cumsum(sizes)
    return [(a, b) for a, b in zip(np.split(X, at), np.split(y, at)) if len(b)]


def _given(solution, z, y, sizes=()):
    """The result for rows that have exactly these logits."""
    model = solution.Scorer([1.0])
    X = np.asarray(z, dtype=float).reshape(-1, 1)
    return solution.evaluate(model, _cut(X, np.asarray(y), list(sizes)))


def test_all_at_once(solution, rng):
    got = _given(solution, [2.0, -1.0, 3.0, -3.0, 1.0], [1, 0, 1, 1, 0])
    close(got["f1"], 2 / 3, msg="f1: two hits, one false alarm, one miss")


def test_any_batching(solution, rng):
    X, y, w, b, z = _data(rng)
    model = solution.Scorer(w, b)
    whole = solution.evaluate(model, [(X, y)])
    halves = solution.evaluate(model, _cut(X, y, [20]))
    close(halves["f1"], whole["f1"], msg="f1 of two batches against one")
    close(halves["loss"], whole["loss"], msg="loss of two batches against one")


def test_one_row_batches(solution, rng):
    X, y, w, b, z = _data(rng)
    got = solution.evaluate(solution.Scorer(w, b), _cut(X, y, [1] * 40))
    close(got, _truth(z, y))


def test_smaller_last(solution, rng):
    z = np.array([2.0, -2.0, 3.0, -1.0, 4.0, -4.0, 5.0, 6.0]) * rng.uniform(0.8, 1.2)
    y = np.array([1, 0, 1, 1, 1, 0, 0, 0])
    close(_given(solution, z, y, [3, 3]), _truth(z, y))


def test_loss_by_rows(solution, rng):
    z = np.concatenate([np.full(9, 3.0), [-4.0]]) * rng.uniform(0.9, 1.1)
    y = np.ones(10, dtype=int)
    got = _given(solution, z, y, [9])
    close(got["loss"], _truth(z, y)["loss"], msg="nine easy rows in one batch, a hard one in the next")


def test_nothing_positive_inside(solution, rng):
    z = np.array([2.0, -1.0, 1.5, 3.0, -2.0, -3.0, 2.5, 4.0]) * rng.uniform(0.9, 1.1)
    y = np.array([1, 1, 0, 0, 0, 0, 1, 1])
    close(_given(solution, z, y, [2, 2, 2]), _truth(z, y))


def test_small_scores(solution, rng):
    z = rng.permutation(np.concatenate([rng.uniform(0.05, 0.45, 6), rng.uniform(-3, -0.6, 6)]))
    y = (z > 0).astype(int)
    close(_given(solution, z, y)["f1"], 1.0, msg="f1 when every row with probability above one half is positive")


def test_score_of_zero(solution, rng):
    y = rng.permutation([1, 1, 1, 0])
    close(_given(solution, [0.0] * 4, y)["f1"], 6 / 7, msg="f1 when every probability is exactly 0.5")


def test_same_twice(solution, rng):
    X, y, w, b, z = _data(rng)
    model = solution.Scorer(w, b)
    model.train()
    first = solution.evaluate(model, _cut(X, y, [20]))
    model.train()
    second = solution.evaluate(model, _cut(X, y, [20]))
    close(second["loss"], first["loss"], msg="loss of the same model on the same rows")


def test_mode_put_back(solution, rng):
    X, y, w, b, z = _data(rng, n=12)
    model = solution.Scorer(w, b)
    solution.evaluate(model, [(X, y)])
    equal(model.training, True, msg="training of a model that was in training")


def test_mode_of_served_model(solution, rng):
    X, y, w, b, z = _data(rng, n=12)
    model = solution.Scorer(w, b)
    model.eval()
    solution.evaluate(model, [(X, y)])
    equal(model.training, False, msg="training of a model that was not in training")


def test_mode_after_failure(solution, rng):
    X, y, w, b, z = _data(rng, n=12)
    model = solution.Scorer(w, b)
    broken = rng.normal(size=(4, 5))
    try:
        solution.evaluate(model, [(X, y), (broken, y[:4])])
    except Exception:
        pass  # that the failure is heard is a test of its own
    equal(model.training, True, msg="training after the model failed in the second batch")


def test_failure_is_heard(solution, rng):
    X, y, w, b, z = _data(rng, n=12)
    broken = rng.normal(size=(4, 5))
    raises(ValueError, solution.evaluate, solution.Scorer(w, b), [(X, y), (broken, y[:4])])


def test_no_batches(solution, rng):
    raises(ValueError, solution.evaluate, solution.Scorer([1.0]), [])


def test_batches_without_rows(solution, rng):
    nothing = (np.zeros((0, 1)), np.zeros(0, dtype=int))
    raises(ValueError, solution.evaluate, solution.Scorer([1.0]), [nothing, nothing])


def test_empty_in_between(solution, rng):
    X, y, w, b, z = _data(rng, n=20)
    batches = _cut(X, y, [12])
    batches.insert(int(rng.integers(0, 3)), (X[:0], y[:0]))
    close(solution.evaluate(solution.Scorer(w, b), batches), _truth(z, y))


def test_no_positive_anywhere(solution, rng):
    z = -rng.uniform(1, 3, size=6)
    close(_given(solution, z, [0] * 6, [3]), _truth(z, [0] * 6))
    close(_given(solution, z, [0, 0, 1, 0, 0, 0], [3])["f1"], 0.0, msg="f1 when the only positive is missed")


def test_column_of_scores(solution, rng):
    X, y, w, b, z = _data(rng, n=21)
    model = solution.Scorer(w.reshape(-1, 1), b)
    close(solution.evaluate(model, _cut(X, y, [8, 8])), _truth(z, y))


def test_confident_mistakes(solution, rng):
    z = np.array([1.0, -1.0, 1.0]) * rng.uniform(35, 60, size=3)
    close(_given(solution, z, [0, 1, 1], [2])["loss"], _truth(z, [0, 1, 1])["loss"], msg="loss")


def test_far_scores(solution, rng):
    z = rng.permutation([900.0, -900.0, 800.0, -700.0, 2.0]) * rng.uniform(0.9, 1.1)
    y = rng.integers(0, 2, size=5)
    close(_given(solution, z, y, [2])["loss"], _truth(z, y)["loss"], msg="loss")
