import heapq


def group_kfold(groups, k):
    rows = {}
    for row, name in enumerate(groups):
        rows.setdefault(name, []).append(row)
    if k < 1 or k > len(rows):
        raise ValueError("k must lie between 1 and the number of groups")
    heap = [(0, fold) for fold in range(k)]
    result = [None] * len(groups)
    for members in sorted(rows.values(), key=len, reverse=True):
        size, fold = heapq.heappop(heap)
        heapq.heappush(heap, (size + len(members), fold))
        for row in members:
            result[row] = fold
    return result
