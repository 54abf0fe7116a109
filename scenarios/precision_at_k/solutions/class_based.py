from dataclasses import dataclass


@dataclass
class Viewer:
    row: list
    likes: frozenset

    def hits(self, k):
        kept = []
        for film in self.row:
            if film not in kept:
                kept.append(film)
        return len(self.likes.intersection(kept[:k]))

    def precision(self, k):
        return self.hits(k) / k

    def recall(self, k):
        return self.hits(k) / len(self.likes) if self.likes else None


def average(values):
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def at_k(recs, relevant, k):
    if k <= 0:
        raise ValueError("k is a positive number")
    viewers = [Viewer(list(row), frozenset(relevant.get(name, ()))) for name, row in recs.items()]
    if not viewers:
        raise ValueError("no viewers")
    return average([v.precision(k) for v in viewers]), average([v.recall(k) for v in viewers])
