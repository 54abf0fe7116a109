"""Runs candidates' code, contained; everything it does comes back as a value."""

from interviewer.executor.local import LocalExecutor

__all__ = ["LocalExecutor"]
