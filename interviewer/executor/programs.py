"""The candidate's file run as a program: output as it comes, own checks, what stopped it."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable
from typing import Any

from interviewer.domain.session import sha
from interviewer.domain.test_run import OwnCheck, ProgramRun, Verdict
from interviewer.errors import HarnessFailure
from interviewer.executor import texts, trusted
from interviewer.executor.cell import Cell
from interviewer.executor.stops import CandidateError, Stopped, Untravelled
from interviewer.ports import OnOutput

_MAX_CHECKS = 500
_VERDICTS = {"passed": Verdict.PASSED, "failed": Verdict.FAILED, "error": Verdict.ERROR}


class Checks:
    """Collects what the program tells about its own checks; the newest word on each counts."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], OwnCheck] = {}
        self.prints: set[tuple[str, int]] = set()

    def hear(self, event: dict[str, Any]) -> None:
        """Take one event; anything malformed is left out."""
        name, line, verdict = event.get("name"), event.get("line"), event.get("verdict")
        if not isinstance(name, str) or type(line) is not int or verdict not in _VERDICTS:
            return
        key = (texts.clean(name, 120), line)
        if key not in self._found and len(self._found) >= _MAX_CHECKS:
            return
        if event.get("kind") == "print":
            self.prints.add(key)
        self._found[key] = OwnCheck(
            name=key[0],
            line=line,
            text=texts.clean(str(event.get("text") or ""), 300),
            verdict=_VERDICTS[verdict],
            message=texts.clean(str(event.get("message") or ""), 500),
            calls=event.get("calls") is True,
            inputs=texts.clean(str(event.get("inputs") or ""), 20),
        )

    def all(self) -> tuple[OwnCheck, ...]:
        """Every check, in the order of the file."""
        return tuple(sorted(self._found.values(), key=lambda c: (c.line, c.name)))


class Live:
    """Turns output bytes into safe text for a listener, whole characters at a time."""

    def __init__(self, listener: OnOutput) -> None:
        self._listener = listener
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._told = 0

    def __call__(self, data: bytes) -> None:
        """Pass on what these bytes complete."""
        text = texts.clean(self._decoder.decode(data), limit=len(data) + 1)
        if text:
            self._listener(text)


def run(
    make_cell: Callable[[Callable[[bytes], None] | None], Cell],
    source: str,
    entry: tuple[str, ...],
    seconds: float,
    on_output: OnOutput | None,
) -> ProgramRun:
    """Run `source` for at most `seconds`; a failure of the sandbox is retried once."""
    started = time.perf_counter()
    outcome = trusted.Outcome(Verdict.HARNESS_ERROR, "the sandbox failed")
    checks, stdout = Checks(), ""
    for _ in (1, 2):
        checks, cell = Checks(), None
        try:
            cell = make_cell(Live(on_output) if on_output else None)
            cell.on_event = checks.hear
            outcome = execute(cell, source, entry, None, seconds)
            stdout = cell.take_output()
            break
        except HarnessFailure as failure:
            outcome = trusted.Outcome(Verdict.HARNESS_ERROR, str(failure))
        finally:
            if cell:
                cell.close()
    found = checks.all()
    verdict = outcome.verdict
    if verdict is Verdict.PASSED and any(c.verdict is not Verdict.PASSED for c in found):
        verdict = Verdict.FAILED
    return ProgramRun(
        source_sha=sha(source),
        verdict=verdict,
        stdout=stdout,
        message=outcome.message,
        line=outcome.line,
        column=outcome.column,
        checks=found,
        ms=(time.perf_counter() - started) * 1000,
    )


def execute(
    cell: Cell, source: str, entry: tuple[str, ...], stubs: dict[str, int] | None, seconds: float
) -> trusted.Outcome:
    """Run the program in `cell`. Raises HarnessFailure only."""
    request = {"op": "program", "source": source, "entry": list(entry), "stubs": stubs}
    try:
        reply, _ = cell.request(request, [], seconds)
        ended = reply.get("ended")
        if not isinstance(ended, dict):
            return trusted.Outcome(Verdict.PASSED)
        raise cell.raised(ended)
    except CandidateError as error:
        return trusted.Outcome(Verdict.ERROR, trusted.explain(error), line=error.line, column=error.column)
    except Stopped as stop:
        return trusted.Outcome(stop.verdict, texts.clean(stop.message), line=stop.line, column=stop.column)
    except Untravelled as error:
        return trusted.Outcome(Verdict.ERROR, str(error))
