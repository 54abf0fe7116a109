class GNB:
    """Sorts rows into classes."""

    def __init__(self, eps=1e-9):
        self.eps = eps

    def fit(self, X, y):
        """Returns the object itself."""

    def predict_log_proba(self, X):
        """Returns a row of log probabilities per row of X."""

    def predict(self, X):
        """Returns a class per row of X."""
