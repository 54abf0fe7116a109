import numpy as np


def prf(y_true, y_pred, average):
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if truth.size == 0 or truth.shape != guess.shape:
        raise ValueError("bad lengths")
    if average is not None and average not in {"macro", "micro"}:
        raise ValueError("average must be None, 'macro' or 'micro'")
    classes = np.union1d(truth, guess)
    matrix = np.zeros((len(classes), len(classes)))
    np.add.at(matrix, (np.searchsorted(classes, truth), np.searchsorted(classes, guess)), 1)
    hits, predicted, actual = np.diag(matrix), matrix.sum(axis=0), matrix.sum(axis=1)
    if average == "micro":
        share = float(hits.sum() / matrix.sum())
        return {"precision": share, "recall": share, "f1": share, "undefined": []}
    columns = {
        "precision": hits / np.maximum(predicted, 1),
        "recall": hits / np.maximum(actual, 1),
        "f1": 2 * hits / (predicted + actual),
    }
    names = classes.tolist()
    if average is None:
        result = {key: dict(zip(names, values.tolist())) for key, values in columns.items()}
    else:
        result = {key: float(values.mean()) for key, values in columns.items()}
    result["undefined"] = classes[(predicted == 0) | (actual == 0)].tolist()
    return result
