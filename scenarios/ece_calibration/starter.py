def ece(y, p, bins=10):
    """Expected calibration error of the probabilities p."""
