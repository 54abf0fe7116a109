import itertools
import math

import numpy as np

from interviewer.expect import close, raises, unchanged

LOG3, LOG5 = math.log2(3), math.log2(5)


def _gain(grades, k):
    """Sum of (2^grade - 1) / log2(place + 1) over the first k places, place by place."""
    total = 0.0
    for at in range(min(k, len(grades))):
        total += (2.0 ** grades[at] - 1.0) * math.log(2.0) / math.log(at + 2.0)
    return total


def _sample(rng, n=14):
    """Grades 0 to 3 of all judged documents, at least one of each grade."""
    return rng.permutation([0, 1, 2, 3, *rng.integers(0, 4, size=n - 4)]).tolist()


def test_four_grades(solution, rng):
    wanted = (3 + 7 / LOG3 + 0 / 2 + 1 / LOG5) / (7 + 3 / LOG3 + 1 / 2)
    close(solution.ndcg([2, 3, 0, 1], [3, 2, 1, 0], 4), wanted)


def test_best_page(solution, rng):
    close(solution.ndcg([3, 2, 1, 0], [0, 1, 2, 3], 4), 1.0)
    judged = sorted(_sample(rng), reverse=True)
    close(solution.ndcg(judged, judged[::-1], 14), 1.0, msg="random grades in the best order")


def test_first_place(solution, rng):
    close(solution.ndcg([1, 3, 2], [1, 3, 2], 1), 1 / 7)
    close(solution.ndcg([3, 0, 0], [0, 3, 3], 1), 1.0)


def test_random_pages(solution, rng):
    judged = _sample(rng)
    page = rng.permutation(judged).tolist()
    for k in (2, 5, 9):
        wanted = _gain(page, k) / _gain(sorted(judged)[::-1], k)
        close(solution.ndcg(page, judged, k), wanted, msg=f"at k = {k}")


def test_missed_documents(solution, rng):
    close(solution.ndcg([1, 0], [3, 1, 0, 2], 2), 1 / (7 + 3 / LOG3))
    judged = _sample(rng)
    page = sorted(judged)[:6][::-1]
    wanted = _gain(page, 5) / _gain(sorted(judged)[::-1], 5)
    close(solution.ndcg(page, judged, 5), wanted, msg="the six lowest grades on the page")


def test_short_page(solution, rng):
    close(solution.ndcg([3, 1], [1, 3, 2], 3), (7 + 1 / LOG3) / (7 + 3 / LOG3 + 1 / 2))
    close(solution.ndcg([3], [3, 3, 3, 3], 4), 7 / (7 * (1 + 1 / LOG3 + 1 / 2 + 1 / LOG5)))


def test_k_beyond_all(solution, rng):
    judged = _sample(rng, n=8)
    page = rng.permutation(judged).tolist()
    wanted = _gain(page, 8) / _gain(sorted(judged)[::-1], 8)
    close(solution.ndcg(page, judged, int(rng.integers(9, 40))), wanted)


def test_empty_page(solution, rng):
    close(solution.ndcg([], [2, 1, 0], 3), 0.0)


def test_nothing_useful(solution, rng):
    close(solution.ndcg([0, 0, 0], [0, 0, 0, 0], 2), 0.0, msg="all grades 0")
    close(solution.ndcg([], [], 5), 0.0, msg="nothing judged")


def test_any_order_of_all(solution, rng):
    judged = _sample(rng)
    page = rng.permutation(judged).tolist()[:7]
    wanted = _gain(page, 4) / _gain(sorted(judged)[::-1], 4)
    for _ in range(3):
        close(solution.ndcg(page, rng.permutation(judged).tolist(), 4), wanted, msg="judged in another order")


def test_arrays(solution, rng):
    judged = np.array(_sample(rng))
    page = rng.permutation(judged)[:9]
    wanted = _gain(page.tolist(), 6) / _gain(sorted(judged.tolist())[::-1], 6)
    close(solution.ndcg(page, judged, 6), wanted)


def test_one_number(solution, rng):
    got = solution.ndcg([1, 3], [3, 1], 2)
    assert isinstance(got, float), f"one float is wanted, got {type(got).__name__}"


def test_left_as_it_was(solution, rng):
    close(unchanged(solution.ndcg, [0, 3, 1], [0, 1, 3, 0], 2), (7 / LOG3) / (7 + 1 / LOG3))


def test_bad_k(solution, rng):
    raises(ValueError, solution.ndcg, [3, 1], [3, 1], 0)
    raises(ValueError, solution.ndcg, [3, 1], [3, 1], -int(rng.integers(1, 4)))


def test_below_zero(solution, rng):
    raises(ValueError, solution.ndcg, [2, -1, 0], [2, 1, 0], 3)
    raises(ValueError, solution.ndcg, [2, 1, 0], [2, 1, -1], 3)


def test_best_of_all_pages(solution, rng):
    judged = rng.permutation([3, 2, int(rng.integers(0, 3)), 1, 0, 1]).tolist()
    for k in (1, 3, 5):
        best = max(_gain(list(page), k) for page in itertools.permutations(judged))
        page = rng.permutation(judged).tolist()[:4]
        close(solution.ndcg(page, judged, k), _gain(page, k) / best, msg=f"against every order, k = {k}")
