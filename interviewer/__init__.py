"""A terminal mock interviewer for machine-learning interviews."""

__version__ = "0.1.0"
