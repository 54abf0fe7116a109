"""The command line: picks adapters and starts one use case."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code: 0 done, 1 failed, 2 bad input, 3 our fault."""
    from interviewer.cli.guard import guarded

    sys.exit(guarded(_main, sys.argv[1:] if arguments is None else list(arguments)))


def _main(arguments: list[str]) -> int:
    if not arguments:
        # Nothing to parse: the first paint need not wait for the parser.
        from interviewer.cli.start import open_screen

        return open_screen(())
    from interviewer.cli.app import main

    return main(arguments)
