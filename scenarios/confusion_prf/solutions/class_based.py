from collections import Counter
from dataclasses import dataclass


@dataclass
class Tally:
    hits: int = 0
    predicted: int = 0
    actual: int = 0

    def __add__(self, other):
        return Tally(self.hits + other.hits, self.predicted + other.predicted, self.actual + other.actual)

    @property
    def undefined(self):
        return self.predicted == 0 or self.actual == 0

    @property
    def precision(self):
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self):
        return self.hits / self.actual if self.actual else 0.0

    @property
    def f1(self):
        if self.hits == 0:
            return 0.0
        return 2 / (1 / self.precision + 1 / self.recall)


def prf(y_true, y_pred, average):
    if len(y_true) == 0 or len(y_true) != len(y_pred):
        raise ValueError("nothing to count, or the lists do not fit")
    if average not in ("macro", "micro", None):
        raise ValueError("unknown kind of average")
    actual, predicted = Counter(list(y_true)), Counter(list(y_pred))
    hits = Counter(a for a, p in zip(y_true, y_pred) if a == p)
    tallies = {
        int(label): Tally(hits[label], predicted[label], actual[label])
        for label in sorted(actual.keys() | predicted.keys())
    }
    if average == "micro":
        tallies = {"all": sum(tallies.values(), Tally())}
    result = {"undefined": [label for label, tally in tallies.items() if tally.undefined]}
    for key in ("precision", "recall", "f1"):
        values = {label: getattr(tally, key) for label, tally in tallies.items()}
        result[key] = values if average is None else sum(values.values()) / len(values)
    return result
