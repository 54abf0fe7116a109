from collections import Counter

import numpy as np


def is_missing(value):
    return value is None or value != value


class OneHot:
    def __init__(self, min_count=1):
        self.min_count = min_count
        self.column = None

    def fit(self, values):
        self.gaps = any(is_missing(value) for value in values)
        counts = Counter(str(value) for value in values if not is_missing(value))
        kept = sorted(text for text, count in counts.items() if count >= self.min_count)
        self.column = {text: place for place, text in enumerate(kept)}
        return self

    def transform(self, values):
        if self.column is None:
            raise RuntimeError("fit the encoder first")
        missing, other = len(self.column), len(self.column) + int(self.gaps)
        encoded = np.zeros((len(values), other + 1), dtype=int)
        for row, value in enumerate(values):
            place = missing if is_missing(value) else self.column.get(str(value), other)
            encoded[row, place] = 1
        return encoded
