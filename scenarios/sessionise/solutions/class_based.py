class Visitor:
    def __init__(self):
        self.times = set()

    def number(self, gap):
        """Every time of this visitor with its session."""
        numbered, session, last = {}, 0, None
        for second in sorted(self.times):
            if last is not None and second - last > gap:
                session += 1
            numbered[second] = session
            last = second
        return numbered


def sessionise(user, ts, gap=1800):
    visitors = {}
    for name, second in zip(user, ts, strict=True):
        visitors.setdefault(name, Visitor()).times.add(second)
    tables = {name: visitor.number(gap) for name, visitor in visitors.items()}
    return [tables[name][second] for name, second in zip(user, ts)]
