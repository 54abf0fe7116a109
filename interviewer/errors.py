"""Every error a user can meet, and the exit code it ends with.

::

    InterviewerError                  one line: where, what, remedy
    ├── UsageError                    2  something typed or configured is wrong
    │   ├── UnknownName                  no such scenario, format, session, test...
    │   ├── ContentError                 problems in prompts, rubrics or scenarios
    │   ├── ConfigError                  problems in the configuration file or environment
    │   ├── StoreError
    │   │   ├── StoreUnavailable         the data folder is missing, full or not writable
    │   │   ├── StoreTooNew              written by a newer program
    │   │   └── SessionBusy              another process is writing the session
    │   └── ImportRejected               a session file that cannot be read
    ├── CommandRefused                1  the session does not allow this now
    ├── ModelError                    1  the language model could not answer
    └── OurFault                      3  a defect or a broken installation
        └── HarnessFailure               the sandbox itself failed

A candidate's failing, looping or crashing code is never an exception: it is a
`TestRun` or a `ProgramRun` with a verdict.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class InterviewerError(Exception):
    """Base of all expected errors; `str()` is the one line shown to the user."""

    exit_code = 3

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        self.message = message
        self.where = where
        self.remedy = remedy
        super().__init__(self._line())

    def _line(self) -> str:
        line = f"{self.where}: {self.message}" if self.where else self.message
        return f"{line}; {self.remedy}" if self.remedy else line


class UsageError(InterviewerError):
    """What was typed, named or configured cannot be used as it is."""

    exit_code = 2


class UnknownName(UsageError):
    """A name that nothing carries; offers the nearest known one."""

    def __init__(self, what: str, given: str, known: Iterable[str], *, where: str = "") -> None:
        self.given = given
        self.known = sorted(known)
        near = nearest(given, self.known)
        if near:
            remedy = f"did you mean {near}?"
        elif self.known:
            shown = ", ".join(self.known[:8]) + (", …" if len(self.known) > 8 else "")
            remedy = f"known: {shown}"
        else:
            remedy = "there are none"
        super().__init__(f"no {what} {given!r}", where=where, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one content file."""

    file: str
    message: str
    key: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        line = f"{place}: {self.message}" if not self.key else f"{place} {self.message}"
        return f"{line}; {self.remedy}" if self.remedy else line


class ContentError(UsageError):
    """Content files with problems; carries all of them, prints one line each."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems) or "no problems")


class ConfigError(UsageError):
    """The configuration file or an environment variable is wrong."""


class StoreError(UsageError):
    """The session store cannot do what was asked."""


class StoreUnavailable(StoreError):
    """The data folder is missing, full or not writable."""


class StoreTooNew(StoreError):
    """The database was written by a newer program."""


class SessionBusy(StoreError):
    """Another process is writing this session."""


class ImportRejected(UsageError):
    """A session file cannot be imported."""


class CommandRefused(InterviewerError):
    """The session does not allow this command now; nothing was changed."""

    exit_code = 1


class ModelError(InterviewerError):
    """The language model could not answer; the interview can go on without it."""

    exit_code = 1


class OurFault(InterviewerError):
    """A defect of this program or a broken installation."""

    exit_code = 3


class HarnessFailure(OurFault):
    """The sandbox failed; never charged to the candidate."""


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name most like `given`, or None when nothing is close."""
    folded = {name.lower(): name for name in known}
    match = difflib.get_close_matches(given.lower(), list(folded), n=1, cutoff=0.6)
    return folded[match[0]] if match else None
