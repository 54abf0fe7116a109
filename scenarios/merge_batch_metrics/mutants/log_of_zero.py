import math

TINY = 1e-12


def ratio(top, bottom):
    return top / bottom if bottom else 0.0


class Meter:
    def __init__(self):
        self.tp = self.fp = self.fn = self.rows = 0
        self.loss_sum = 0.0

    def update(self, y, p):
        if len(y) != len(p):
            raise ValueError("y and p differ in length")
        for label, chance in zip(y, p):
            label, chance = int(label), float(chance)
            said_yes = chance >= 0.5
            self.tp += said_yes and label == 1
            self.fp += said_yes and label == 0
            self.fn += not said_yes and label == 1
            self.rows += 1
            self.loss_sum -= math.log(chance if label == 1 else 1 - chance)

    def merge(self, other):
        self.tp += other.tp
        self.fp += other.fp
        self.fn += other.fn
        self.rows += other.rows
        self.loss_sum += other.loss_sum

    def result(self):
        if self.rows == 0:
            return {"precision": None, "recall": None, "f1": None, "loss": None}
        return {
            "precision": ratio(self.tp, self.tp + self.fp),
            "recall": ratio(self.tp, self.tp + self.fn),
            "f1": ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn),
            "loss": self.loss_sum / self.rows,
        }
