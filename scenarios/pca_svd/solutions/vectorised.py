import numpy as np


class PCA:
    """Eigenvectors of the smaller of the two tables of inner products."""

    def __init__(self, k):
        self.k = k

    def fit(self, X):
        X = np.array(X, dtype=float)
        n, d = X.shape
        if self.k < 1 or self.k > min(n, d):
            raise ValueError("k is out of range")
        self.centre = X.mean(0)
        Z = X - self.centre
        if d <= n:
            values, vectors = np.linalg.eigh(Z.T @ Z)
            W = vectors[:, ::-1]
        else:
            values, vectors = np.linalg.eigh(Z @ Z.T)
            W = Z.T @ vectors[:, ::-1]
            norms = np.linalg.norm(W, axis=0)
            W = W / np.where(norms > 1e-9 * max(norms.max(), 1e-300), norms, np.inf)
        values = np.clip(values[::-1], 0, None)
        top = W[np.abs(W).argmax(axis=0), np.arange(W.shape[1])]
        self.W = (W * np.where(top < 0, -1.0, 1.0))[:, : self.k]
        spread = (Z**2).sum()
        self.explained_ratio = values[: self.k] / spread if spread else np.zeros(self.k)
        return self

    def transform(self, X):
        if not hasattr(self, "W"):
            raise RuntimeError("no components yet")
        return (np.array(X, dtype=float) - self.centre).dot(self.W)
