import numpy as np

from interviewer.expect import close, each, equal, raises, unchanged


def _blobs(rng, per_group=20):
    middles = rng.permutation(np.array([[0.0, 0.0], [5.0, 5.0], [0.0, 5.0]]))
    return np.vstack([rng.normal(middle, 0.1, (per_group, 2)) for middle in middles])


def _distances(X, centroids):
    return ((np.asarray(X)[:, None, :] - np.asarray(centroids)[None, :, :]) ** 2).sum(axis=2)


def _line(rng, values):
    """The values as one column, moved and stretched without changing who is near whom."""
    return rng.integers(-5, 6) + rng.integers(1, 8) * np.array(values, dtype=float)[:, None]


def _starts(solution, X, k, seeds, max_iter=100):
    """One run for each of so many seeds."""
    return each(solution.kmeans, [(X, k, max_iter, 1e-4, seed) for seed in range(seeds)])


def test_two_pairs(solution, rng):
    X = np.array([[0.0, 0.0], [0.0, 1.0], [10.0, 0.0], [10.0, 1.0]])
    # A third of all starts end in the worse of two solutions.
    labels, centroids, inertia = min(_starts(solution, X, 2, 24), key=lambda run: run[2])
    close(inertia, 1.0, msg="best inertia over two dozen seeds")
    close(sorted(map(tuple, np.asarray(centroids))), [(0.0, 0.5), (10.0, 0.5)], msg="centroids")
    labels = np.asarray(labels)
    assert labels[0] == labels[1] != labels[2] == labels[3], f"each pair shares a label, got {labels}"


def test_shapes(solution, rng):
    X = _blobs(rng)
    labels, centroids, inertia = solution.kmeans(X, 3, seed=1)
    equal(np.shape(labels), (60,), msg="shape of labels")
    equal(np.shape(centroids), (3, 2), msg="shape of centroids")
    equal(np.ndim(inertia), 0, msg="dimensions of inertia")
    assert set(np.asarray(labels).tolist()) <= {0, 1, 2}, "labels are 0, 1 or 2"


def test_inertia_fits_labels(solution, rng):
    X = _blobs(rng)
    labels, centroids, inertia = solution.kmeans(X, 3, seed=1)
    close(inertia, ((X - np.asarray(centroids)[np.asarray(labels)]) ** 2).sum(), msg="inertia")


def test_settles(solution, rng):
    X = rng.normal(size=(80, 3)) * [1.0, 3.0, 0.5]
    labels, centroids, _ = solution.kmeans(X, 4, max_iter=300, tol=1e-9, seed=0)
    for j in range(4):
        close(np.asarray(centroids)[j], X[np.asarray(labels) == j].mean(axis=0), msg=f"centroid {j}")


def test_k_one_and_k_n(solution, rng):
    X = _blobs(rng, per_group=2)
    _, centroids, _ = solution.kmeans(X, 1, seed=0)
    close(np.asarray(centroids)[0], X.mean(axis=0), msg="k = 1")
    for seed in range(2):
        close(solution.kmeans(X, len(X), seed=seed)[2], 0.0, msg="inertia for k = n")


def test_illegal_k(solution, rng):
    X = rng.normal(size=(4, 2))
    for k in (0, -1, 5):
        raises(ValueError, solution.kmeans, X, k)


def test_empty_cluster(solution, rng):
    X = _line(rng, [0, 0, 0, 0, 10])
    for seed, (_, centroids, inertia) in enumerate(_starts(solution, X, 2, 6)):
        assert np.isfinite(centroids).all(), f"centroids are not finite: {centroids}"
        close(inertia, 0.0, msg=f"inertia, seed {seed}")


def test_dead_centroid_moves(solution, rng):
    X = _line(rng, [0, 0, 0, 10, 20])
    for seed, run in enumerate(_starts(solution, X, 3, 8)):
        close(run[2], 0.0, msg=f"inertia, seed {seed}")


def test_all_equal(solution, rng):
    X = np.ones((5, 2)) * rng.integers(1, 9)
    _, centroids, inertia = solution.kmeans(X, 3, seed=0)
    equal(np.shape(centroids), (3, 2), msg="shape of centroids")
    assert np.isfinite(centroids).all(), f"centroids are not finite: {centroids}"
    close(inertia, 0.0, msg="inertia")


def test_same_seed_same_result(solution, rng):
    X = rng.normal(size=(50, 2))
    first = solution.kmeans(X, 7, seed=5)
    for _ in range(2):
        close(solution.kmeans(X, 7, seed=5)[1], first[1], msg="centroids of a second run")


def test_seed_changes_start(solution, rng):
    X = rng.normal(size=(50, 2))
    ends = {round(float(run[2]), 9) for run in _starts(solution, X, 7, 6, max_iter=1)}
    assert len(ends) > 1, "six seeds start from the same centroids"


def test_starts_on_different_rows(solution, rng):
    X = rng.normal(size=(8, 2))
    for run in _starts(solution, X, 8, 3, max_iter=1):
        close(run[2], 0.0, msg="k = n, one round")


def test_labels_match_centroids(solution, rng):
    X = rng.normal(size=(60, 2))
    labels, centroids, _ = solution.kmeans(X, 5, max_iter=1, seed=3)
    equal(labels, _distances(X, centroids).argmin(axis=1), msg="nearest returned centroid")


def test_tie_goes_low(solution, rng):
    X = np.array([[-2.0], [0.0], [1.0]]) * 2.0 ** rng.integers(0, 5)
    for seed, (labels, centroids, _) in enumerate(_starts(solution, X, 2, 8, max_iter=1)):
        equal(labels, _distances(X, centroids).argmin(axis=1), msg=f"labels, seed {seed}")


def test_integer_input(solution, rng):
    shift = int(rng.integers(-5, 6))
    _, centroids, _ = solution.kmeans(np.array([[0], [1], [10], [11]]) + shift, 2, seed=0)
    close(sorted(np.ravel(centroids)), [0.5 + shift, 10.5 + shift], msg="centroids")


def test_input_untouched(solution, rng):
    unchanged(solution.kmeans, _blobs(rng), 3, seed=0)


def test_max_iter_counts(solution, rng):
    X = rng.normal(size=(120, 2))
    runs = each(solution.kmeans, [(X, 8, rounds, 1e-4, seed) for seed in range(3) for rounds in (1, 60)])
    one, many = (sum(float(run[2]) for run in runs[start::2]) for start in (0, 1))
    assert one > many + 1e-6, f"three starts end at {one} in all after one round, at {many} after sixty"


def test_large_tol_stops_early(solution, rng):
    X = rng.normal(size=(80, 2))
    early = solution.kmeans(X, 6, tol=1e9, seed=2)
    close(early[1], solution.kmeans(X, 6, max_iter=1, seed=2)[1], msg="centroids after one round")


def test_more_rounds_never_worse(solution, rng):
    X = rng.normal(size=(120, 2))
    runs = each(solution.kmeans, [(X, 6, rounds, 1e-12, 4) for rounds in range(1, 9)])
    inertia = [float(run[2]) for run in runs]
    for before, after in zip(inertia, inertia[1:]):
        assert after <= before * (1 + 1e-9), f"inertia rises from {before} to {after}"


def test_several_empty_at_once(solution, rng):
    X = _line(rng, [0] * 9 + [10, 20, 30])
    for seed, run in enumerate(_starts(solution, X, 4, 4)):
        close(run[2], 0.0, msg=f"inertia, seed {seed}")
