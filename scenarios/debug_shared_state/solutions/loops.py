class Preprocessor:
    def __init__(self, always=None):
        self._always = [] if always is None else list(always)
        self._fitted = False

    def fit(self, amounts, shops):
        smallest = largest = None
        for amount in amounts:
            if smallest is None or amount < smallest:
                smallest = amount
            if largest is None or amount > largest:
                largest = amount
        if smallest is None:
            raise ValueError("nothing to fit")
        names = {}
        for shop in [*self._always, *shops]:
            names[shop] = shop
        self._low, self._high, self._names = smallest, largest, names
        self._fitted = True
        return self

    def transform(self, amounts, shops):
        if not self._fitted:
            raise RuntimeError("not fitted yet")
        clipped = []
        for amount in amounts:
            if amount < self._low:
                amount = self._low
            elif amount > self._high:
                amount = self._high
            clipped.append(float(amount))
        return clipped, [self._names.get(shop, "other") for shop in shops]
