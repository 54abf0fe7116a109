import numpy as np


def at_k(recs, relevant, k):
    if k < 1 or len(recs) == 0:
        raise ValueError("k below one, or nobody to average over")
    tops = {user: set(list({item: None for item in items})[:k]) for user, items in recs.items()}
    hits = np.array([len(tops[user] & set(relevant.get(user, ()))) for user in recs], dtype=float)
    sizes = np.array([len(relevant.get(user, ())) for user in recs], dtype=float)
    known = sizes > 0
    recall = float(np.mean(hits[known] / sizes[known])) if known.any() else None
    return float(np.mean(hits / k)), recall
