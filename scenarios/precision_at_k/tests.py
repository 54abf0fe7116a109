import numpy as np

from interviewer.expect import close, equal, raises, unchanged

RECS = {"ann": ["a", "b", "c"], "bo": ["x", "y", "z"]}
LIKED = {"ann": {"a", "c", "q"}, "bo": {"y"}}


def _check(got, precision, recall, msg=""):
    equal(len(got), 2, msg="how many numbers come back")
    close(got[0], precision, msg=f"precision {msg}".strip())
    if recall is None:
        assert got[1] is None, f"recall {msg}: there is nothing to average".replace("  ", " ")
    else:
        close(got[1], recall, msg=f"recall {msg}".strip())


def _sample(rng, viewers=15, films=40, row=10):
    """Rows without repeats, all of one length; every viewer likes one to twelve films."""
    recs = {v: rng.permutation(films)[:row].tolist() for v in range(viewers)}
    liked = {v: set(rng.permutation(films)[: rng.integers(1, 13)].tolist()) for v in range(viewers)}
    return recs, liked


def _naive(recs, liked, k):
    """Straight from the definitions, film by film."""
    precisions, recalls = [], []
    for viewer, row in recs.items():
        shown = [film for at, film in enumerate(row) if film not in row[:at]][:k]
        likes = liked.get(viewer, set())
        hits = [film for film in likes if film in shown]
        precisions.append(len(hits) / k)
        recalls += [len(hits) / len(likes)] if likes else []
    return float(np.mean(precisions)), float(np.mean(recalls)) if recalls else None


def test_two_viewers(solution, rng):
    _check(solution.at_k(RECS, LIKED, 3), 0.5, 5 / 6)


def test_first_place_only(solution, rng):
    _check(solution.at_k(RECS, LIKED, 1), 0.5, 1 / 6)


def test_random_viewers(solution, rng):
    recs, liked = _sample(rng)
    k = int(rng.integers(3, 8))
    _check(solution.at_k(recs, liked, k), *_naive(recs, liked, k))


def test_every_viewer_alike(solution, rng):
    recs = {"a": [1, 2, 3, 4], "b": [1, 2, 3, 4], "c": [1, 2, 3, 4]}
    liked = {"a": {1}, "b": {2}, "c": set(range(3, 23))}
    _check(solution.at_k(recs, liked, 4), 1 / 3, (1 + 1 + 0.1) / 3)


def test_short_row(solution, rng):
    k = int(rng.integers(4, 9))
    _check(solution.at_k({"a": [1, 2]}, {"a": {1, 2, 3}}, k), 2 / k, 2 / 3)


def test_empty_row(solution, rng):
    _check(solution.at_k({"a": [], "b": [5, 6]}, {"a": {1}, "b": {5}}, 2), 0.25, 0.5)


def test_k_beyond_all(solution, rng):
    recs, liked = _sample(rng, viewers=4, films=12, row=12)
    wanted = float(np.mean([len(films) for films in liked.values()])) / 50
    _check(solution.at_k(recs, liked, 50), wanted, 1.0)


def test_likes_nothing(solution, rng):
    recs = {"a": [1, 2], "b": [3, 4], "c": [5, 6]}
    _check(solution.at_k(recs, {"a": {1, 2}, "b": set(), "c": {6, 9}}, 2), 0.5, 0.75)


def test_no_entry(solution, rng):
    _check(solution.at_k({"a": [1, 2], "b": [3, 4]}, {"a": {2, 7}}, 2), 0.25, 0.5)


def test_nobody_likes_anything(solution, rng):
    _check(solution.at_k({"a": [1, 2], "b": [3]}, {"a": set()}, 2), 0.0, None)


def test_never_shown(solution, rng):
    other = f"viewer {rng.integers(100)}"
    got = solution.at_k({"a": [1, 2]}, {"a": {1, 5}, other: {1, 2, 3}}, 2)
    _check(got, 0.5, 0.5)


def test_repeats_move_up(solution, rng):
    got = solution.at_k({"a": [7, 7, 8, 7, 9, 4]}, {"a": {7, 9}}, 3)
    _check(got, 2 / 3, 1.0)


def test_repeats_leave_gaps(solution, rng):
    film = int(rng.integers(10, 99))
    _check(solution.at_k({"a": [film] * 5}, {"a": {film, 1}}, 5), 0.2, 0.5)


def test_more_liked_than_k(solution, rng):
    n = int(rng.integers(8, 20))
    _check(solution.at_k({"a": [1, 2, 3]}, {"a": set(range(1, n + 1))}, 3), 1.0, 3 / n)


def test_bad_k(solution, rng):
    raises(ValueError, solution.at_k, RECS, LIKED, 0)
    raises(ValueError, solution.at_k, RECS, LIKED, -int(rng.integers(1, 4)))


def test_no_viewers(solution, rng):
    raises(ValueError, solution.at_k, {}, {"a": {1}}, 3)


def test_left_as_it_was(solution, rng):
    recs = {"a": [3, 3, 1], "b": [2, 1, 2]}
    got = unchanged(solution.at_k, recs, {"a": {3}, "c": {1}}, 2)
    _check(got, 0.25, 1.0)


def test_every_k(solution, rng):
    recs, liked = _sample(rng, viewers=12, films=9, row=8)
    for viewer in (1, 2, 3):
        recs[viewer] = rng.integers(0, 9, size=8).tolist()
    recs[4], recs[5], liked[6] = recs[4][:3], [], set()
    del liked[7], recs[8]
    for k in range(1, 11):
        _check(solution.at_k(recs, liked, k), *_naive(recs, liked, k), msg=f"at k = {k}")
