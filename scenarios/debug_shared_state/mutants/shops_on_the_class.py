import numpy as np


class Preprocessor:
    seen = set()

    def __init__(self, always=None):
        self.always = frozenset(always or ())
        self.known = None

    def fit(self, amounts, shops):
        if len(amounts) == 0:
            raise ValueError("fit needs at least one row")
        self.low = float(np.min(amounts))
        self.high = float(np.max(amounts))
        self.seen.update(shops)
        self.known = self.always | self.seen
        return self

    def transform(self, amounts, shops):
        if self.known is None:
            raise RuntimeError("call fit before transform")
        clipped = np.clip(np.array(amounts, dtype=float), self.low, self.high)
        names = [shop if shop in self.always or shop in self.seen else "other" for shop in shops]
        return clipped, names
