def group_kfold(groups, k):
    """groups says which patient each row belongs to. Returns the fold of every row."""
