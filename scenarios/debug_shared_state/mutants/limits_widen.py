import numpy as np


class Preprocessor:
    def __init__(self, always=None):
        self.always = frozenset(always or ())
        self.known = None

    def fit(self, amounts, shops):
        if len(amounts) == 0:
            raise ValueError("fit needs at least one row")
        self.low = float(np.min(amounts))
        self.high = float(np.max(amounts))
        self.known = self.always | set(shops)
        return self

    def transform(self, amounts, shops):
        if self.known is None:
            raise RuntimeError("call fit before transform")
        clipped = np.clip(np.array(amounts, dtype=float), self.low, self.high)
        names = [shop if shop in self.known else "other" for shop in shops]
        if len(amounts):
            self.low = min(self.low, float(np.min(amounts)))
            self.high = max(self.high, float(np.max(amounts)))
        return clipped, names
