def prf(y_true, y_pred, average):
    y_true, y_pred = list(y_true), list(y_pred)
    if not y_true or len(y_true) != len(y_pred):
        raise ValueError("need two lists of the same length with at least one row")
    if average not in (None, "macro", "micro"):
        raise ValueError(f"unknown average {average!r}")
    tp = sum(a == 1 and p == 1 for a, p in zip(y_true, y_pred))
    fp = sum(a != 1 and p == 1 for a, p in zip(y_true, y_pred))
    fn = sum(a == 1 and p != 1 for a, p in zip(y_true, y_pred))
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "undefined": [] if tp + fp else [1]}
