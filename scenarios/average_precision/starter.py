def average_precision(y, score):
    """Average precision of the order that score gives."""
