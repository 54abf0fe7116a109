class PCA:
    """Summarises rows by k numbers each. After fit, explained_ratio says how much they keep."""

    def __init__(self, k):
        self.k = k

    def fit(self, X):
        """Returns the object itself."""

    def transform(self, X):
        """Returns k numbers per row."""
