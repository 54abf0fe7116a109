from bisect import insort
from dataclasses import dataclass, field


def absent(value) -> bool:
    match value:
        case None:
            return True
        case str():
            return value.isspace() or not len(value)
        case float():
            return value != value
        case _:
            return False


@dataclass
class Column:
    """What training says about one column."""

    numeric: bool = True
    holes: int = 0
    ordered: list = field(default_factory=list)

    def learn(self, value):
        if absent(value):
            self.holes += 1
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            self.numeric = False
        elif self.numeric:
            insort(self.ordered, value)

    @property
    def fill(self):
        if not self.numeric:
            return "missing"
        n = len(self.ordered)
        return (self.ordered[(n - 1) // 2] + self.ordered[n // 2]) / 2 if n else 0

    def apply(self, values):
        fill = self.fill
        return [fill if absent(value) else value for value in values]


class Imputer:
    def __init__(self):
        self.columns = None

    def fit(self, cols):
        self.columns = {name: Column() for name in cols}
        for name, column in self.columns.items():
            for value in cols[name]:
                column.learn(value)
        return self

    def transform(self, cols):
        if self.columns is None:
            raise RuntimeError("there is nothing to apply before fit")
        try:
            filled = {name: column.apply(cols[name]) for name, column in self.columns.items()}
        except KeyError as gone:
            raise ValueError(f"column {gone} is gone") from None
        marked = [name for name, column in self.columns.items() if column.holes]
        return filled | {f"{name}_missing": [int(absent(v)) for v in cols[name]] for name in marked}
