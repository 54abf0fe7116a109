class Meter:
    """Collects metrics over many pieces of data."""

    def update(self, y, p):
        """Take in one piece."""

    def merge(self, other):
        """Take in what another meter has collected."""

    def result(self):
        """The report."""
