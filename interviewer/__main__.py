"""Entry point of `python -m interviewer` and of the `interviewer` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    try:
        from interviewer.cli import run
    except KeyboardInterrupt:
        raise SystemExit(1) from None
    run()


if __name__ == "__main__":
    main()
