def roc_auc(y_true, y_score):
    """Area under the ROC curve of the ranking that y_score gives."""
