import numpy as np


class Scaler:
    """Puts columns into comparable units, and back."""

    def fit(self, X):
        """Returns the scaler itself."""

    def transform(self, X):
        """Returns the scaled rows."""

    def inverse(self, X):
        """Returns scaled rows in their first units."""
