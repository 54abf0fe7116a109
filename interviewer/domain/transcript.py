"""Projections of the log: for the screen, for an interviewer, for a judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from interviewer.domain import events as ev
from interviewer.domain.phases import clock_text
from interviewer.domain.test_run import RunPurpose


class Speaker(StrEnum):
    """Whose line it is."""

    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript: the event's number, its time, who, and the text as plain data."""

    seq: int
    at: float
    speaker: Speaker
    text: str
    interrupted: bool = False


def transcript(log: Iterable[ev.SessionEvent], *, notes: bool = True) -> tuple[Line, ...]:
    """What was said, in order; with `notes` also phases, runs, hints and time, as short notes."""
    lines: list[Line] = []
    for event in log:
        line = _line(event)
        if line is not None and (notes or line.speaker is not Speaker.NOTE):
            lines.append(line)
    return tuple(lines)


def dialogue(log: Iterable[ev.SessionEvent]) -> tuple[Line, ...]:
    """Only what the two people said."""
    return transcript(log, notes=False)


def _line(event: ev.SessionEvent) -> Line | None:
    match event:
        case ev.CandidateSaid():
            return Line(event.seq, event.at, Speaker.CANDIDATE, event.text)
        case ev.InterviewerSaid():
            return Line(event.seq, event.at, Speaker.INTERVIEWER, event.text, event.interrupted)
        case _:
            note = note_text(event)
            return Line(event.seq, event.at, Speaker.NOTE, note) if note else None


def note_text(event: ev.SessionEvent) -> str:
    """A short note for an event that is not speech; empty for one nobody needs to see."""
    match event:
        case ev.PhaseEntered():
            return f"— {event.phase.words} —"
        case ev.TestsRan() if event.purpose is RunPurpose.PROBE:
            return ""
        case ev.TestsRan():
            return f"tests: {event.run.passed}/{event.run.total} passed"
        case ev.ProgramRan():
            return f"program: {event.run.verdict.value.replace('_', ' ')}"
        case ev.HintServed():
            return f"hint {event.rung} ({event.cost})"
        case ev.TimeNoticed():
            return notice_text(event)
        case ev.Paused():
            return "paused"
        case ev.Resumed():
            return "resumed"
        case ev.SessionReopened():
            return "session reopened"
        case ev.InterviewerChanged():
            return f"interviewer: {event.interviewer} ({event.why})"
        case ev.ModelCalled() if event.error:
            return event.error
        case ev.LeakBlocked():
            return f"a passage of the interviewer was withheld ({event.why})"
        case ev.InterviewEnded():
            return _ENDED[event.reason]
        case _:
            return ""


_ENDED = {
    ev.EndReason.CANDIDATE: "you ended the interview",
    ev.EndReason.INTERVIEWER: "the interviewer ended the interview",
    ev.EndReason.TIME_UP: "time is up: the interview has ended",
    ev.EndReason.ABANDONED: "the interview was left",
}


def notice_text(event: ev.TimeNoticed) -> str:
    """A time notice in words."""
    left = clock_text(event.remaining)
    phase = event.phase.words.lower() if event.phase else "this phase"
    match event.notice:
        case ev.NoticeKind.PHASE_AMBER:
            return f"most of the time for {phase} is used"
        case ev.NoticeKind.PHASE_SPENT:
            return f"the time for {phase} is used; {left} left in all"
        case ev.NoticeKind.TOTAL_AMBER:
            return f"four fifths of the time are gone; {left} left"
        case ev.NoticeKind.FIVE_MINUTES:
            return f"{left} left"
        case ev.NoticeKind.TIME_UP:
            return "time is up"
