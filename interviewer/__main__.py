"""Entry point of `python -m interviewer` and of the `interviewer` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from interviewer.cli import run

    run()


if __name__ == "__main__":
    main()
