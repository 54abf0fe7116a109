def clean(rows: list[dict]):
    """Returns (clean_rows, report)."""
