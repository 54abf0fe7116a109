def first_different(films, k):
    """The first k films of the list, each film once."""
    seen = []
    for film in films:
        if len(seen) == k:
            break
        if film not in seen:
            seen.append(film)
    return seen


def at_k(recs, relevant, k):
    if not recs or k <= 0:
        raise ValueError("need a positive k and at least one viewer")
    precision_sum = 0.0
    recall_sum = 0.0
    with_likes = 0
    for viewer in recs:
        likes = relevant[viewer] if viewer in relevant else ()
        hits = 0
        for film in first_different(recs[viewer], k):
            if film in likes:
                hits += 1
        precision_sum += hits / k
        if len(likes) > 0:
            recall_sum += hits / len(likes)
            with_likes += 1
    recall = recall_sum / with_likes if with_likes else None
    return precision_sum / len(recs), recall
