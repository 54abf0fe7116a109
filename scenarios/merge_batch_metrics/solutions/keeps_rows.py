from math import log


class Meter:
    """Keeps every row and does all the work at the end."""

    def __init__(self):
        self.seen = []

    def update(self, y, p):
        y, p = list(y), list(p)
        if len(y) != len(p):
            raise ValueError("one label per probability")
        self.seen.extend((int(label), float(chance)) for label, chance in zip(y, p))

    def merge(self, other):
        self.seen = self.seen + other.seen

    def result(self):
        if not self.seen:
            return {"precision": None, "recall": None, "f1": None, "loss": None}
        said = [label for label, chance in self.seen if chance >= 0.5]
        real = [chance for label, chance in self.seen if label]
        hits = sum(said)
        loss = 0.0
        for label, chance in self.seen:
            right = chance if label else 1 - chance
            loss += -log(min(max(right, 1e-12), 1 - 1e-12))
        return {
            "precision": hits / len(said) if said else 0.0,
            "recall": hits / len(real) if real else 0.0,
            "f1": 2 * hits / (len(said) + len(real)) if said or real else 0.0,
            "loss": loss / len(self.seen),
        }
