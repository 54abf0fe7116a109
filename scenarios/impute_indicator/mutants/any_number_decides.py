from statistics import median


def is_missing(value):
    if isinstance(value, str):
        return not value.strip()
    return value is None or value != value


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def choose_fill(known):
    numbers = [value for value in known if is_number(value)]
    return median(numbers) if numbers else "missing"


class Imputer:
    def __init__(self):
        self.fills = None
        self.marked = None

    def fit(self, cols):
        self.fills, self.marked = {}, []
        for name, values in cols.items():
            known = [value for value in values if not is_missing(value)]
            self.fills[name] = choose_fill(known)
            if len(known) < len(values):
                self.marked.append(name)
        return self

    def transform(self, cols):
        if self.fills is None:
            raise RuntimeError("fit the imputer first")
        gone = [name for name in self.fills if name not in cols]
        if gone:
            raise ValueError(f"columns are gone: {gone}")
        filled = {
            name: [fill if is_missing(value) else value for value in cols[name]]
            for name, fill in self.fills.items()
        }
        for name in self.marked:
            filled[f"{name}_missing"] = [int(is_missing(value)) for value in cols[name]]
        return filled
