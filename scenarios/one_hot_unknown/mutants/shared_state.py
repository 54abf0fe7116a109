from collections import Counter

import numpy as np


def is_missing(value):
    return value is None or value != value


class OneHot:
    column = None

    def __init__(self, min_count=1):
        self.min_count = min_count

    def fit(self, values):
        counts = Counter(str(value) for value in values if not is_missing(value))
        kept = sorted(text for text, count in counts.items() if count >= self.min_count)
        OneHot.column = {text: place for place, text in enumerate(kept)}
        return self

    def transform(self, values):
        if self.column is None:
            raise RuntimeError("fit the encoder first")
        missing, other = len(self.column), len(self.column) + 1
        encoded = np.zeros((len(values), other + 1), dtype=int)
        for row, value in enumerate(values):
            place = missing if is_missing(value) else self.column.get(str(value), other)
            encoded[row, place] = 1
        return encoded
