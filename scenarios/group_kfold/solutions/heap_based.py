import heapq


def group_kfold(groups, k):
    groups = [str(g) if isinstance(g, str) else g for g in groups]
    rows_of = {}
    for row, group in enumerate(groups):
        rows_of.setdefault(group, []).append(row)
    if k < 2:
        raise ValueError("at least two folds")
    if k > len(rows_of):
        raise ValueError("more folds than groups")
    heap = [(0, fold) for fold in range(k)]
    result = [None] * len(groups)
    for rows in sorted(rows_of.values(), key=len, reverse=True):
        size, fold = heapq.heappop(heap)
        for row in rows:
            result[row] = fold
        heapq.heappush(heap, (size + len(rows), fold))
    return result
