import numpy as np


class Preprocessor:
    def __init__(self, always=[]):
        self.always = always
        self.fitted = False

    def fit(self, amounts, shops):
        if len(amounts) == 0:
            raise ValueError("fit needs at least one row")
        self.low = float(np.min(amounts))
        self.high = float(np.max(amounts))
        self.always.extend(shops)
        self.fitted = True
        return self

    def transform(self, amounts, shops):
        if not self.fitted:
            raise RuntimeError("call fit before transform")
        clipped = np.clip(np.array(amounts, dtype=float), self.low, self.high)
        names = [shop if shop in self.always else "other" for shop in shops]
        return clipped, names
