from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Learnt:
    low: float
    high: float
    shops: frozenset

    def apply(self, amounts, shops):
        values = np.asarray(amounts, dtype=float)
        values = np.minimum(np.maximum(values, self.low), self.high)
        return values, ["other" if name not in self.shops else name for name in shops]


class Preprocessor:
    def __init__(self, always=()):
        self.always = tuple(always)
        self.learnt = None

    def fit(self, amounts, shops):
        values = np.asarray(amounts, dtype=float)
        if values.size == 0:
            raise ValueError("cannot learn limits from no rows")
        self.learnt = Learnt(values.min(), values.max(), frozenset(self.always).union(shops))
        return self

    def transform(self, amounts, shops):
        if self.learnt is None:
            raise RuntimeError("fit comes first")
        return self.learnt.apply(amounts, shops)
