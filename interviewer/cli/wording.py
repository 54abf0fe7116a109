"""Events, results and times as lines of text."""

from __future__ import annotations

from interviewer.domain import events as ev
from interviewer.domain.phases import clock_text
from interviewer.domain.test_run import OwnCheck, ProgramRun, TestResult, TestRun, Verdict
from interviewer.domain.transcript import note_text
from interviewer.service.interview import ClockReading


def event_note(event: ev.SessionEvent) -> str:
    """The line for an event that is not speech; empty for one that is told otherwise or not at all."""
    match event:
        case ev.PhaseEntered():
            return f"phase: {event.phase.words}"
        case ev.TestsRan() | ev.ProgramRan():
            return ""
        case ev.TimeNoticed() if event.notice is ev.NoticeKind.TIME_UP:
            # The end that follows says so.
            return ""
        case _:
            note = note_text(event)
            return f"note: {note}" if note else ""


def verdict_words(verdict: Verdict) -> str:
    """A verdict as people say it."""
    return verdict.value.replace("_", " ")


def result_line(result: TestResult) -> list[str]:
    """One test: its verdict on one line, then what differed."""
    place = f" at line {result.line}" if result.line is not None else ""
    lines = [f"test {result.name}: {verdict_words(result.verdict)}{place}"]
    if result.hidden and not (result.got or result.expected):
        # A redacted result has nothing to add to its verdict.
        return lines
    details = (
        result.message, _labelled("got", result.got), _labelled("expected", result.expected),
        _labelled("shape", result.shape), _labelled("where", result.where),
    )  # fmt: skip
    lines += [f"  {line}" for detail in details for line in detail.splitlines()]
    lines += [f"  printed: {line}" for line in result.stdout.splitlines()]
    return lines


def run_line(run: TestRun) -> str:
    """A whole run on one line; a file that did not load says where."""
    if not run.results and run.message:
        place = f"line {run.line}: " if run.line is not None else ""
        return f"tests: none ran; {place}{run.message}"
    line = f"tests: {run.passed} of {run.total} passed"
    spared = len(run.results) - run.total
    return line if not spared else f"{line}; {spared} could not run, which is not your fault"


def program_lines(run: ProgramRun) -> list[str]:
    """A program run: what it printed, its own checks, how it ended."""
    lines = [f"  {line}" for line in run.stdout.splitlines()]
    lines += [_check_line(check) for check in run.checks]
    place = f" at line {run.line}" if run.line is not None else ""
    message = f": {run.message}" if run.message else ""
    return [*lines, f"program: {verdict_words(run.verdict)}{place}{message}"]


def clock_line(reading: ClockReading) -> str:
    """The clock in one line."""
    phase = f"{reading.phase.words}: {clock_text(reading.phase_elapsed)}"
    if reading.phase_budget is not None:
        phase += f" of {clock_text(reading.phase_budget)}"
    if reading.total is None or reading.remaining is None:
        whole = f"time: {clock_text(reading.elapsed)}, untimed"
    else:
        whole = (
            f"time: {clock_text(reading.elapsed)} of {clock_text(reading.total)}, "
            f"{clock_text(reading.remaining)} left"
        )
    return f"{whole}; {phase}{'; paused' if reading.paused else ''}"


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""


def _check_line(check: OwnCheck) -> str:
    message = f": {check.message}" if check.message else ""
    return f"check {check.name} at line {check.line}: {verdict_words(check.verdict)}{message}"
