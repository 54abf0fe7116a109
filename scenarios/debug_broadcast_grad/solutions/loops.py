def train(X, y, lr=0.1, n=100):
    rows = [[float(v) for v in row] for row in X]
    targets = [float(v[0]) if hasattr(v, "__len__") else float(v) for v in y]
    count = len(rows)
    if count == 0:
        raise ValueError("no rows")
    w, b = [0.0] * len(rows[0]), 0.0

    def errors():
        return [sum(wj * xj for wj, xj in zip(w, row)) + b - t for row, t in zip(rows, targets)]

    losses = []
    current = errors()
    for _ in range(n):
        steps = [sum(e * row[j] for e, row in zip(current, rows)) for j in range(len(w))]
        w = [wj - 2 * lr * g / count for wj, g in zip(w, steps)]
        b -= 2 * lr * sum(current) / count
        current = errors()
        losses.append(sum(e * e for e in current) / count)
    return w, b, losses
