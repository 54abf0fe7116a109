def at_k(recs, relevant, k):
    """Precision and recall of the first k recommendations, as a pair."""
