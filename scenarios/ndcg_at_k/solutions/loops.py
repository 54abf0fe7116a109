from math import log


def ndcg(relevance_in_rank_order, all_relevance, k):
    if k < 1:
        raise ValueError("k is a positive number of places")
    for grade in [*relevance_in_rank_order, *all_relevance]:
        if grade < 0:
            raise ValueError(f"grade {grade} is below zero")

    pool = [int(grade) for grade in all_relevance]
    found = 0.0
    ideal = 0.0
    for place in range(k):
        if place >= len(relevance_in_rank_order) and not pool:
            break
        weight = log(2) / log(place + 2)
        if place < len(relevance_in_rank_order):
            found += weight * (2 ** int(relevance_in_rank_order[place]) - 1)
        if pool:
            best = max(pool)
            pool.remove(best)
            ideal += weight * (2**best - 1)
    if ideal == 0:
        return 0.0
    return found / ideal
