def mean(values):
    return sum(values) / len(values)


def at_k(recs, relevant, k):
    if k < 1:
        raise ValueError("k must be at least 1")
    if not recs:
        raise ValueError("there are no viewers")
    precisions, recalls = [], []
    for viewer, films in recs.items():
        liked = relevant.get(viewer, set())
        if not liked:
            continue
        shown = list(dict.fromkeys(films))[:k]
        hits = sum(film in liked for film in shown)
        precisions.append(hits / k)
        if liked:
            recalls.append(hits / len(liked))
    return mean(precisions) if precisions else 0.0, mean(recalls) if recalls else None
