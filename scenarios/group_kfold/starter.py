def group_kfold(groups, k):
    """Returns the fold of every row."""
