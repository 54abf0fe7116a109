def smoothed(rows, m):
    """rows are (category, target) pairs."""
    if not rows:
        return {}, float("nan")
    prior = sum(target for _, target in rows) / len(rows)
    groups = {}
    for name, target in rows:
        groups.setdefault(name, []).append(target)
    return {name: (sum(ys) + m * prior) / (len(ys) + m) for name, ys in groups.items()}, prior


def target_encode(cat, y, folds, m=10):
    table = list(zip(cat, y, folds, strict=True))
    tables = {}
    for fold in set(folds):
        tables[fold] = smoothed([(name, target) for name, target, other in table if other != fold], m)
    train_enc = []
    for name, _, fold in table:
        codes, prior = tables[fold]
        train_enc.append(codes[name] if name in codes else prior)
    mapping, prior = smoothed([(name, target) for name, target, _ in table], m)
    return train_enc, {**mapping, None: prior}
