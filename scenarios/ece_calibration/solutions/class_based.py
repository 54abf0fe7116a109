from dataclasses import dataclass, field


@dataclass
class Bin:
    low: float
    high: float
    rows: list = field(default_factory=list)

    def gap(self):
        stated = sum(chance for _, chance in self.rows) / len(self.rows)
        real = sum(label for label, _ in self.rows) / len(self.rows)
        return abs(stated - real)


def checked(y, p):
    if len(y) != len(p) or len(y) == 0:
        raise ValueError("lengths")
    rows = [(int(label), float(chance)) for label, chance in zip(y, p)]
    if any(label != given for (label, _), given in zip(rows, y)):
        raise ValueError("labels")
    if any(label not in (0, 1) or not (0.0 <= chance <= 1.0) for label, chance in rows):
        raise ValueError("label or probability out of range")
    return rows


def ece(y, p, bins=10):
    if bins <= 0:
        raise ValueError("bins")
    rows = checked(y, p)
    shelves = [Bin(k / bins, (k + 1) / bins) for k in range(bins)]
    for label, chance in rows:
        shelf = next((b for b in shelves if b.low <= chance < b.high), shelves[-1])
        shelf.rows.append((label, chance))
    return sum(len(b.rows) / len(rows) * b.gap() for b in shelves if b.rows)
