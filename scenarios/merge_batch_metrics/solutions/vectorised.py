import numpy as np


class Meter:
    def __init__(self):
        self.sums = np.zeros(5)

    def update(self, y, p):
        y, p = np.asarray(y, dtype=float), np.asarray(p, dtype=float)
        if y.shape != p.shape:
            raise ValueError("y and p must match")
        yes = (p >= 0.5).astype(float)
        safe = np.clip(p, 1e-12, 1 - 1e-12)
        loss = -(y * np.log(safe) + (1 - y) * np.log(1 - safe))
        self.sums = self.sums + [np.sum(yes * y), np.sum(yes), np.sum(y), np.sum(loss), y.size]

    def merge(self, other):
        self.sums = self.sums + other.sums
        return self

    def result(self):
        hits, said, real, loss, rows = self.sums.tolist()
        if rows == 0:
            return dict.fromkeys(("precision", "recall", "f1", "loss"))
        precision = hits / said if said else 0.0
        recall = hits / real if real else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return {"precision": precision, "recall": recall, "f1": f1, "loss": loss / rows}
