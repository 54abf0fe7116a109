import math

import numpy as np


class Scaler:
    def fit(self, X):
        columns = list(zip(*[[float(value) for value in row] for row in X]))
        self.numbers = []
        for column in columns:
            known = [value for value in column if not math.isnan(value)]
            if not known:
                self.numbers.append((math.nan, math.nan))
            elif min(known) == max(known):
                self.numbers.append((known[0], 0.0))
            else:
                mean = math.fsum(known) / len(known)
                variance = math.fsum((value - mean) ** 2 for value in known) / len(known)
                self.numbers.append((mean, math.sqrt(variance)))
        return self

    def _each(self, X, change):
        if not hasattr(self, "numbers"):
            raise RuntimeError("not fitted")
        result = []
        for row in X:
            if len(row) != len(self.numbers):
                raise ValueError("wrong number of columns")
            result.append([change(float(value), mean, std) for value, (mean, std) in zip(row, self.numbers)])
        return np.array(result).reshape(len(result), len(self.numbers))

    def transform(self, X):
        def scale(value, mean, std):
            if math.isnan(value):
                return math.nan
            return 0.0 if std == 0 else (value - mean) / std

        return self._each(X, scale)

    def inverse(self, X):
        return self._each(X, lambda value, mean, std: value * std + mean)
