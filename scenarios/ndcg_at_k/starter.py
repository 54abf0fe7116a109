def ndcg(relevance_in_rank_order, all_relevance, k):
    """NDCG at k of one page of results."""
