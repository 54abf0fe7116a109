import math


class Imputer:
    """Fills the holes of a table."""

    def fit(self, cols):
        """Returns the imputer itself."""

    def transform(self, cols):
        """Returns a new table without holes."""
