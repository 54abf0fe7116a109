"""How a run on the trusted side is cut short. None of these reaches a caller of the executor."""

from __future__ import annotations

from interviewer.domain.test_run import Verdict

# Builtin exceptions a test may want to catch by type; the candidate's own keep their names only.
_KNOWN: tuple[type[Exception], ...] = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ZeroDivisionError,
    NotImplementedError,
    OverflowError,
    FloatingPointError,
    ArithmeticError,
    LookupError,
    RuntimeError,
)


class Stopped(BaseException):
    """The candidate's process is gone or was ended: not an Exception, so that no test swallows it."""

    def __init__(
        self, verdict: Verdict, message: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        self.verdict = verdict
        self.message = message
        self.line = line
        self.column = column
        super().__init__(message)


class CandidateError(Exception):
    """The candidate's code raised. `names` are the names of the exception's classes, nearest first."""

    def __init__(
        self, names: tuple[str, ...], message: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        self.names = names
        self.message = message
        self.line = line
        self.column = column
        super().__init__(message)

    def __str__(self) -> str:
        name = self.names[0] if self.names else "Exception"
        return f"{name}: {self.message}" if self.message else name


class Untravelled(Exception):
    """The candidate's value cannot be sent here; the message says why."""


_made: dict[type[Exception], type[CandidateError]] = {}


def candidate_error(
    names: tuple[str, ...], message: str, line: int | None = None, column: int | None = None
) -> CandidateError:
    """A CandidateError that is also of the builtin type the candidate raised, where tests may catch it."""
    for known in _KNOWN:
        if known.__name__ in names:
            if known not in _made:
                _made[known] = type(f"Candidate{known.__name__}", (CandidateError, known), {})
            return _made[known](names, message, line=line, column=column)
    return CandidateError(names, message, line=line, column=column)
