import math


def dcg(grades, k):
    """Discounted gain of the first k places."""
    return sum((2.0**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:k], start=1))


def ndcg(relevance_in_rank_order, all_relevance, k):
    shown = list(relevance_in_rank_order)
    judged = list(all_relevance)
    if k < 1:
        raise ValueError("k must be at least 1")
    if any(grade < 0 for grade in shown + judged):
        raise ValueError("grades start at 0")
    best = dcg(sorted(judged, reverse=True), k)
    return float(dcg(shown, k) / best) if best > 0 else 0.0
