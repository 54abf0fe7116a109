"""The one place where errors become a line on stderr and an exit code."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from interviewer.errors import InterviewerError

FAILED, USAGE, FAULT = 1, 2, 3


def guarded(main: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run `main`; no traceback reaches the user. Ours go to a file, whose path is told."""
    _forgiving_streams()
    if not sys.warnoptions:
        # Warnings are for whoever develops the program; they would land in the middle of a session.
        warnings.simplefilter("ignore")
    try:
        code = main(arguments)
        sys.stdout.flush()
        return code
    except InterviewerError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain("stopped")
        return FAILED
    except BrokenPipeError:
        # The reader has had enough, as `head` has. Python would complain again when it flushes.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        kept = _keep_traceback(error)
        where = f"the details are in {kept}" if kept else "the details could not be written anywhere"
        summary = " ".join(str(error).split())[:200]
        complain(f"this is our fault: {type(error).__name__}: {summary}; {where}")
        return FAULT


def complain(text: str) -> None:
    """Write to stderr, without what a terminal would obey."""
    from interviewer.cli.console import safe

    with suppress(OSError):
        print(f"interviewer: {safe(text)}", file=sys.stderr)


def _forgiving_streams() -> None:
    # A character the terminal has no sign for must not end an interview.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            with suppress(OSError, ValueError):
                stream.reconfigure(errors="replace")


def _keep_traceback(error: BaseException) -> Path | None:
    import tempfile
    import traceback

    from interviewer import __version__
    from interviewer.config import places

    now = datetime.now(UTC)
    text = f"interviewer {__version__}, Python {sys.version}, {sys.platform}, {now.isoformat()}\n\n"
    text += "".join(traceback.format_exception(error))
    name = f"fault-{now:%Y%m%d-%H%M%S}-{os.getpid()}.log"
    for folder in (places().logs, Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", errors="replace")
        except OSError:
            continue
        return folder / name
    return None
