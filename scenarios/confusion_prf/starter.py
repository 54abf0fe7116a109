def prf(y_true, y_pred, average):
    """Precision, recall and F1 of the predictions, as a dict."""
