class OneHot:
    def __init__(self, min_count=1):
        self.min_count = min_count

    def fit(self, values):
        seen = {}
        for value in values:
            if value is not None and value == value:
                seen[str(value)] = seen.get(str(value), 0) + 1
        self.kept = [word for word in sorted(seen) if seen[word] >= self.min_count]
        return self

    def transform(self, values):
        if not hasattr(self, "kept"):
            raise RuntimeError("call fit before transform")
        return Table([self._row(value) for value in values], len(self.kept) + 2).rows()

    def _row(self, value):
        if value is None or value != value:
            return [0] * len(self.kept) + [1, 0]
        row = [1 if str(value) == word else 0 for word in self.kept]
        return row + [0, 1 - sum(row)]


class Table:
    """Rows of a known width, also when there are none."""

    def __init__(self, lines, width):
        self.lines = lines
        self.width = width

    def rows(self):
        import numpy as np

        return np.array(self.lines, dtype=int).reshape(len(self.lines), self.width)
