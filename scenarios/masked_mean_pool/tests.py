import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _pooled(H, mask):
    """Sentence by sentence and token by token; zeros where there is no token."""
    rows = []
    for vectors, flags in zip(H, mask, strict=True):
        kept = [vector for vector, flag in zip(vectors, flags, strict=True) if flag]
        rows.append(sum(kept) / len(kept) if kept else np.zeros(H.shape[2]))
    return np.array(rows)


def _tail_padded(rng, n=5, t=6):
    """A mask with padding behind the tokens: one full sentence, one short one, the others between."""
    lengths = np.append([t, 1], rng.integers(2, t, size=n - 2))
    return (np.arange(t) < rng.permutation(lengths)[:, None]).astype(int)


def test_two_sentences(solution, rng):
    H = np.array([[[1.0, 2.0], [3.0, 6.0]], [[5.0, 7.0], [9.0, 9.0]]])
    close(solution.mean_pool(H, np.array([[1, 1], [1, 0]])), [[2.0, 4.0], [5.0, 7.0]])


def test_padding_at_the_end(solution, rng):
    H, mask = rng.normal(size=(5, 6, 3)), _tail_padded(rng)
    close(solution.mean_pool(H, mask), _pooled(H, mask))


def test_no_padding(solution, rng):
    H = rng.normal(size=(4, 5, 3)) + 10
    want = [[sum(H[i, :, j]) / 5 for j in range(3)] for i in range(4)]
    close(solution.mean_pool(H, np.ones((4, 5), dtype=int)), want)


def test_random_masks(solution, rng):
    H = rng.normal(size=(6, 7, 4)) * 100
    mask = rng.integers(0, 2, size=(6, 7))
    mask[:, 3] = 1
    close(solution.mean_pool(H, mask), _pooled(H, mask))


def test_same_vector_in_any_batch(solution, rng):
    sentence = rng.normal(size=(1, 3, 4)) + 5
    alone = solution.mean_pool(sentence, np.ones((1, 3), dtype=int))
    longer = rng.normal(size=(2, 9, 4)) * 50
    longer[0, :3] = sentence[0]
    mask = np.ones((2, 9), dtype=int)
    mask[0, 3:] = 0
    close(np.asarray(solution.mean_pool(longer, mask))[0], np.asarray(alone)[0], msg="with longer neighbours")


def test_padding_anywhere(solution, rng):
    H = rng.normal(size=(3, 5, 2))
    mask = np.array([[0, 0, 1, 1, 1], [1, 0, 1, 0, 1], [0, 1, 0, 0, 0]])
    close(solution.mean_pool(H, mask), _pooled(H, mask))


def test_square_batch(solution, rng):
    H = rng.normal(size=(4, 4, 4)) + np.arange(4) * 10
    mask = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]])
    close(solution.mean_pool(H, mask), _pooled(H, mask), msg="n, t and d are all 4")


def test_one_sentence(solution, rng):
    H = rng.normal(size=(1, 4, 3))
    close(solution.mean_pool(H, np.array([[1, 1, 0, 0]])), (H[:, 0] + H[:, 1]) / 2, msg="n is 1")
    token = rng.normal(size=(3, 1, 1))
    close(solution.mean_pool(token, np.ones((3, 1), dtype=int)), token[:, 0], msg="t and d are 1")


def test_only_padding(solution, rng):
    H = rng.normal(size=(3, 4, 2))
    mask = np.array([[1, 1, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1]])
    close(solution.mean_pool(H, mask), _pooled(H, mask), msg="the second sentence has no token")


def test_padding_holds_nan(solution, rng):
    H = rng.normal(size=(3, 4, 2))
    mask = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]])
    want = _pooled(H, mask)
    H[0, 2], H[0, 3], H[1, 1], H[2, 0] = np.nan, np.inf, -np.inf, np.nan
    close(solution.mean_pool(H, mask), want)


def test_nan_in_a_real_token(solution, rng):
    H = rng.normal(size=(2, 3, 2))
    H[0, 1, 1] = np.nan
    got = np.asarray(solution.mean_pool(H, np.array([[1, 1, 1], [1, 1, 0]])))
    close(got[0, 0], H[0, :, 0].sum() / 3, msg="the feature without NaN")
    assert np.isnan(got[0, 1]), "the NaN of a real token should show in the result"
    close(got[1], (H[1, 0] + H[1, 1]) / 2, msg="the other sentence")


def test_kinds_of_mask(solution, rng):
    H, mask = rng.normal(size=(5, 6, 3)), _tail_padded(rng)
    want = _pooled(H, mask)
    for kind in (bool, np.int8, np.int64, np.float32):
        close(solution.mean_pool(H, mask.astype(kind)), want, msg=f"mask of type {np.dtype(kind).name}")


def test_many_tokens_small_ints(solution, rng):
    length = int(rng.integers(260, 300))
    H = rng.normal(size=(2, 300, 2)) + 3
    mask = (np.arange(300) < np.array([[length], [300]])).astype(np.int8)
    close(solution.mean_pool(H, mask), _pooled(H, mask), msg="hundreds of tokens and a mask of int8")


def test_float32_stays_float32(solution, rng):
    H, mask = rng.normal(size=(5, 6, 3)), _tail_padded(rng)
    got = np.asarray(solution.mean_pool(H.astype(np.float32), mask))
    equal(str(got.dtype), "float32", msg="type of the result for float32")
    close(got, _pooled(H, mask), rtol=1e-4, atol=1e-5)
    equal(str(np.asarray(solution.mean_pool(H, mask)).dtype), "float64", msg="type of the result for float64")


def test_mask_that_does_not_fit(solution, rng):
    H = rng.normal(size=(3, 4, 2))
    for shape in ((3, 5), (4, 3), (1, 4), (3, 1), (4,), (3, 4, 1)):
        raises(ValueError, solution.mean_pool, H, np.ones(shape, dtype=int))
    raises(ValueError, solution.mean_pool, H[0], np.ones(4, dtype=int))


def test_arguments_untouched(solution, rng):
    mask = _tail_padded(rng)
    unchanged(solution.mean_pool, rng.normal(size=(5, 6, 3)), mask)
    unchanged(solution.mean_pool, rng.normal(size=(5, 6, 3)), mask.astype(bool))
