import numpy as np


class OneHot:
    """Turns a column of words into zeros and ones."""

    def __init__(self, min_count=1):
        self.min_count = min_count

    def fit(self, values):
        """Returns the encoder itself."""

    def transform(self, values):
        """Returns one row of zeros and ones per value."""
