class Sweep:
    """Counts what is at or above a falling threshold."""

    def __init__(self, rows):
        self.rows = sorted(rows, reverse=True)
        self.positives = sum(label for _, label in rows)

    def points(self):
        """(recall, precision) after each distinct score."""
        hits = 0
        for at, (score, label) in enumerate(self.rows):
            hits += label
            is_last = at + 1 == len(self.rows) or self.rows[at + 1][0] != score
            if is_last:
                yield hits / self.positives, hits / (at + 1)


def average_precision(y, score):
    if len(y) != len(score):
        raise ValueError("y and score differ in length")
    rows = []
    for label, value in zip(y, score):
        value = float(value)
        if value != value or (label != 0 and label != 1):
            raise ValueError("bad row")
        rows.append((value, int(label)))
    sweep = Sweep(rows)
    if not sweep.positives:
        raise ValueError("no positive rows")
    area, before = 0.0, 0.0
    for recall, precision in sweep.points():
        area += (recall - before) * precision
        before = recall
    return area
