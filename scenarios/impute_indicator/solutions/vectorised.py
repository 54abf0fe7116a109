import numpy as np


def holes_of(values):
    """A column as an array of objects, and where it has holes."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    texts = np.array([v.strip() if isinstance(v, str) else "x" for v in values], dtype=str)
    return column, (column == None) | (column != column) | (texts == "")  # noqa: E711


class Imputer:
    fills = None

    def fit(self, cols):
        self.fills, self.with_holes = {}, {}
        for name, values in cols.items():
            column, holes = holes_of(values)
            known = column[~holes]
            kinds = {type(value) for value in known}
            if not kinds <= {int, float}:
                self.fills[name] = "missing"
            else:
                self.fills[name] = float(np.median(known.astype(float))) if known.size else 0.0
            self.with_holes[name] = bool(holes.any())
        return self

    def transform(self, cols):
        if self.fills is None:
            raise RuntimeError("not fitted")
        if not self.fills.keys() <= cols.keys():
            raise ValueError("a column of the training table is not there")
        filled, marks = {}, {}
        for name, fill in self.fills.items():
            column, holes = holes_of(cols[name])
            column[holes] = fill
            filled[name] = column.tolist()
            if self.with_holes[name]:
                marks[f"{name}_missing"] = holes.astype(int).tolist()
        return filled | marks
