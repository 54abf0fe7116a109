import numpy as np


def sessionise(user, ts, gap=1800):
    """Returns the session number of every click."""
