import math

import numpy as np

from interviewer.expect import close, equal, unchanged


def _attention(Q, K, V, mask=None):
    """Query by query, from the definition, over the allowed keys alone."""
    b, t, d = Q.shape
    s, v = V.shape[1:]
    out, weights = np.zeros((b, t, v)), np.zeros((b, t, s))
    for i in range(b):
        for j in range(t):
            keys = [k for k in range(s) if mask is None or mask[i, j, k]]
            logits = [float(Q[i, j] @ K[i, k]) / math.sqrt(d) for k in keys]
            for k, logit in zip(keys, logits, strict=True):
                weights[i, j, k] = 1.0 / sum(math.exp(min(other - logit, 700.0)) for other in logits)
                out[i, j] += weights[i, j, k] * V[i, k]
    return out, weights


def _inputs(rng, b=2, t=3, s=5, d=4, v=6):
    return rng.normal(size=(b, t, d)), rng.normal(size=(b, s, d)), rng.normal(size=(b, s, v))


def _mask(rng, b=2, t=3, s=5):
    """About half of the keys allowed, at least one of them per query and at least one forbidden."""
    mask = rng.random((b, t, s)) < 0.5
    mask[..., 0], mask[..., 1] = True, False
    return rng.permuted(mask, axis=-1)


def _agree(got, want, msg=""):
    close(got[1], want[1], msg=f"weights {msg}".strip())
    close(got[0], want[0], msg=f"out {msg}".strip())


def test_two_keys(solution, rng):
    Q = np.array([[[2.0, 0.0, 0.0, 0.0]]])
    K = np.array([[[np.log(3.0), 5.0, 0.0, 0.0], [0.0, 0.0, 7.0, 1.0]]])
    _agree(solution.attention(Q, K, np.array([[[4.0], [8.0]]])), ([[[5.0]]], [[[0.75, 0.25]]]))


def test_random_batch(solution, rng):
    inputs = _inputs(rng)
    _agree(solution.attention(*inputs), _attention(*inputs))


def test_causal_mask(solution, rng):
    inputs = _inputs(rng, t=4, s=4)
    causal = np.broadcast_to(np.tril(np.ones((4, 4), dtype=bool)), (2, 4, 4)).copy()
    _agree(solution.attention(*inputs, causal), _attention(*inputs, causal))


def test_random_masks(solution, rng):
    inputs, mask = _inputs(rng, b=3), _mask(rng, b=3)
    _agree(solution.attention(*inputs, mask), _attention(*inputs, mask))


def test_forbidden_keys_do_not_matter(solution, rng):
    (Q, K, V), mask = _inputs(rng), _mask(rng)
    mask[:, :, 2] = False
    mask[:, :, 4] = True
    out, weights = solution.attention(Q, K, V, mask)
    close(np.asarray(weights).sum(axis=-1), np.ones((2, 3)), msg="sum of the weights of each query")
    K, V = K.copy(), V.copy()
    K[:, 2], V[:, 2] = rng.normal(size=(2, 4)) * 10, rng.normal(size=(2, 6)) * 10
    close(solution.attention(Q, K, V, mask)[0], out, msg="out after a key that nobody may see has changed")


def test_all_sizes_equal(solution, rng):
    inputs, mask = _inputs(rng, 4, 4, 4, 4, 4), _mask(rng, 4, 4, 4)
    _agree(solution.attention(*inputs), _attention(*inputs), "without a mask")
    _agree(solution.attention(*inputs, mask), _attention(*inputs, mask), "with a mask")


def test_one_of_everything(solution, rng):
    Q, K, V = _inputs(rng, 1, 1, 1, 1, 1)
    _agree(solution.attention(Q, K, V), (V, [[[1.0]]]), "of one query and one key")
    inputs, mask = _inputs(rng, 1, 2, 7, 1, 3), _mask(rng, 1, 2, 7)
    _agree(solution.attention(*inputs, mask), _attention(*inputs, mask), "of one sequence")


def test_one_mask_for_all(solution, rng):
    inputs, mask = _inputs(rng, b=3, t=3, s=3), _mask(rng, 1, 3, 3)[0]
    mask[0], mask[1] = [True, False, False], [True, True, False]
    want = _attention(*inputs, np.broadcast_to(mask, (3, 3, 3)))
    _agree(solution.attention(*inputs, mask), want, "with one mask for the batch")
    inputs, mask = _inputs(rng), _mask(rng, 1)[0]
    want = _attention(*inputs, np.broadcast_to(mask, (2, 3, 5)))
    _agree(solution.attention(*inputs, mask), want, "with one mask for the batch")


def test_mask_of_ints(solution, rng):
    inputs, mask = _inputs(rng), _mask(rng)
    _agree(solution.attention(*inputs, mask.astype(int)), _attention(*inputs, mask), "with a mask of 0 and 1")


def test_query_without_keys(solution, rng):
    inputs, mask = _inputs(rng), _mask(rng)
    mask[1, int(rng.integers(3))] = False
    mask[0, int(rng.integers(3))] = False
    _agree(solution.attention(*inputs, mask), _attention(*inputs, mask))


def test_nobody_may_look(solution, rng):
    out, weights = solution.attention(*_inputs(rng), np.zeros((2, 3, 5), dtype=bool))
    close(weights, np.zeros((2, 3, 5)), msg="weights")
    close(out, np.zeros((2, 3, 6)), msg="out")


def test_large_scores(solution, rng):
    size = float(rng.integers(1000, 5000))
    Q = np.array([[[size], [-size], [0.0]]])
    K = np.array([[[1.0], [1.0], [-1.0]]])
    V = np.array([[[2.0], [4.0], [9.0]]])
    want = [[[0.5, 0.5, 0.0], [0.0, 0.0, 1.0], [1 / 3, 1 / 3, 1 / 3]]]
    _agree(solution.attention(Q, K, V), ([[[3.0], [9.0], [5.0]]], want))
    levels = np.array([[[0.0, 1.0]], [[-2.0 * size, 1.0]]])
    keys = np.array([[[1.0, 0.0], [1.0, 0.0]]] * 2)
    weights = solution.attention(levels, keys, np.ones((2, 2, 1)))[1]
    close(weights, np.full((2, 1, 2), 0.5), msg="weights of rows at very different levels")


def test_loud_forbidden_key(solution, rng):
    loud = float(rng.integers(2000, 6000))
    Q, K = np.array([[[1.0]]]), np.array([[[loud], [np.log(3.0)], [0.0]]])
    V = np.array([[[100.0], [1.0], [5.0]]])
    mask = np.array([[[False, True, True]]])
    _agree(solution.attention(Q, K, V, mask), ([[[2.0]]], [[[0.0, 0.75, 0.25]]]))


def test_quiet_allowed_keys(solution, rng):
    low = -float(rng.integers(2, 9)) * 2.0**40
    K = np.array([[[low], [low], [0.0]]])
    mask = np.array([[[True, True, False]]])
    got = solution.attention(np.array([[[1.0]]]), K, np.array([[[2.0], [6.0], [100.0]]]), mask)
    _agree(got, ([[[4.0]]], [[[0.5, 0.5, 0.0]]]))


def test_arguments_untouched(solution, rng):
    inputs, mask = _inputs(rng), _mask(rng)
    mask[0, 0] = False
    unchanged(solution.attention, *inputs, mask)


def test_single_precision_input(solution, rng):
    inputs = [a.astype(np.float32) for a in _inputs(rng)]
    got = solution.attention(*inputs)
    _agree(got, _attention(*(a.astype(float) for a in inputs)))
    equal(str(np.asarray(got[0]).dtype), "float64", msg="type of out")
    equal(str(np.asarray(got[1]).dtype), "float64", msg="type of weights")


def test_prefix_alone(solution, rng):
    Q, K, V = _inputs(rng, 2, 6, 6)
    causal = np.tri(6, dtype=bool)
    full = np.asarray(solution.attention(Q, K, V, causal)[0])
    for size in (1, 3, 5):
        short = solution.attention(Q[:, :size], K[:, :size], V[:, :size], causal[:size, :size])[0]
        close(short, full[:, :size], msg=f"the first {size} positions alone, against the same in the whole")
