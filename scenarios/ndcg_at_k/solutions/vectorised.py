import numpy as np


def gains(grades, k):
    top = np.asarray(grades, dtype=float)[:k]
    weights = 1 / np.log2(np.arange(top.size) + 2)
    return float(np.dot(np.exp2(top) - 1, weights))


def ndcg(relevance_in_rank_order, all_relevance, k):
    page = np.asarray(relevance_in_rank_order, dtype=float)
    judged = np.asarray(all_relevance, dtype=float)
    if k <= 0 or (page < 0).any() or (judged < 0).any():
        raise ValueError("k below 1 or a grade below 0")
    ideal = gains(-np.sort(-judged), k)
    if ideal == 0:
        return 0.0
    return gains(page, k) / ideal
