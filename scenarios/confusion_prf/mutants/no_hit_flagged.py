METRICS = ("precision", "recall", "f1")


def ratio(top, bottom):
    return top / bottom if bottom else 0.0


def count(y_true, y_pred):
    """For each class in order: [hits, false alarms, misses]."""
    table = {label: [0, 0, 0] for label in sorted(set(y_true) | set(y_pred))}
    for actual, guess in zip(y_true, y_pred):
        if actual == guess:
            table[actual][0] += 1
        else:
            table[guess][1] += 1
            table[actual][2] += 1
    return table


def scores(tp, fp, fn):
    return {
        "precision": ratio(tp, tp + fp),
        "recall": ratio(tp, tp + fn),
        "f1": ratio(2 * tp, 2 * tp + fp + fn),
    }


def prf(y_true, y_pred, average):
    y_true = [int(label) for label in y_true]
    y_pred = [int(label) for label in y_pred]
    if not y_true or len(y_true) != len(y_pred):
        raise ValueError("need two lists of the same length with at least one row")
    if average not in (None, "macro", "micro"):
        raise ValueError(f"unknown average {average!r}")
    table = count(y_true, y_pred)
    if average == "micro":
        totals = [sum(column) for column in zip(*table.values())]
        return {**scores(*totals), "undefined": []}
    undefined = [label for label, (tp, fp, fn) in table.items() if tp == 0]
    per_class = {label: scores(*row) for label, row in table.items()}
    result = {"undefined": undefined}
    for name in METRICS:
        values = {label: found[name] for label, found in per_class.items()}
        result[name] = values if average is None else sum(values.values()) / len(values)
    return result
