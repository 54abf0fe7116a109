"""The command line: picks adapters and starts one use case."""

from __future__ import annotations


def run() -> None:
    """Run the command line."""
