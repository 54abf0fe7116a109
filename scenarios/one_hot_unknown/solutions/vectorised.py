import numpy as np


class OneHot:
    def __init__(self, min_count=1):
        self.min_count = min_count
        self.words = None

    @staticmethod
    def _split(values):
        gap = np.array([v is None or (isinstance(v, float) and np.isnan(v)) for v in values], dtype=bool)
        return np.array([str(v) for v in values], dtype=object), gap

    def fit(self, values):
        texts, gap = self._split(values)
        words, counts = np.unique(texts[~gap].astype(str), return_counts=True)
        self.words = words[counts >= self.min_count]
        return self

    def transform(self, values):
        if self.words is None:
            raise RuntimeError("not fitted")
        texts, gap = self._split(values)
        known = (texts[:, None] == self.words[None, :].astype(object)) & ~gap[:, None]
        other = ~gap & ~known.any(axis=1)
        return np.column_stack([known, gap, other]).astype(int)
