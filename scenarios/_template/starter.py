def moving_average(values, window):
    """One smoothed number for each value."""
