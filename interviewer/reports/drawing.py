"""Geometry of the two drawings: phase times as bars, and the session as a time line. Numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.domain import events as ev
from interviewer.domain.phases import clock_text
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.test_run import RunPurpose
from interviewer.reports.wording import phase_words

WIDTH = 720.0
LEFT = 110.0
ROW = 26.0
LANES = ("candidate", "interviewer", "code", "runs", "hints")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One phase: bar lengths in user units, and the words beside it."""

    label: str
    y: float
    spent: float
    budget: float | None
    over: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One event on the time line; `kind` is a CSS class."""

    seq: int
    x: float
    y: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A phase as a stretch of the time line."""

    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """Marks in lanes over stretches; `ticks` are (x, clock)."""

    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    height: float


def bars(card: Scorecard) -> tuple[Bar, ...]:
    """The phases as bars on one scale."""
    longest = max((max(p.spent, p.budget or 0.0) for p in card.phases), default=0.0) or 1.0
    scale = (WIDTH - LEFT - 130.0) / longest
    made = []
    for n, p in enumerate(card.phases):
        label, spent, budget = phase_words(p)
        made.append(
            Bar(
                label=label, y=n * ROW, spent=round(p.spent * scale, 1),
                budget=None if p.budget is None else round(p.budget * scale, 1),
                over=p.budget is not None and p.spent > p.budget, words=f"{spent} of {budget}",
            )
        )  # fmt: skip
    return tuple(made)


def time_line(log: Sequence[ev.SessionEvent]) -> TimeLine:
    """Turns, code, runs and hints over the phases, on session time."""
    ended = next((e.at for e in log if isinstance(e, ev.InterviewEnded)), None)
    end = (ended if ended is not None else log[-1].at if log else 0.0) or 1.0
    scale = (WIDTH - LEFT - 10.0) / end

    def x(at: float) -> float:
        return round(LEFT + min(at, end) * scale, 1)

    marks = []
    for event in log:
        kind, lane, words = _mark(event)
        if kind:
            y = LANES.index(lane) * ROW + ROW / 2
            text = f"#{event.seq} {clock_text(event.at)} {words}"
            marks.append(Mark(seq=event.seq, x=x(event.at), y=y, kind=kind, words=text))
    phases = [e for e in log if isinstance(e, ev.PhaseEntered)]
    spans = []
    for n, entered in enumerate(phases):
        until = phases[n + 1].at if n + 1 < len(phases) else end
        wide = max(0.0, round(x(until) - x(entered.at), 1))
        spans.append(Span(x=x(entered.at), width=wide, label=entered.phase.words))
    step = next((s for s in (60, 300, 600, 1200, 3600) if end / s <= 10), 7200)
    ticks = tuple((x(t), clock_text(t)) for t in range(0, int(end) + 1, step))
    return TimeLine(spans=tuple(spans), marks=tuple(marks), ticks=ticks, height=len(LANES) * ROW)


def _mark(event: ev.SessionEvent) -> tuple[str, str, str]:
    match event:
        case ev.CandidateSaid():
            return "said", "candidate", "candidate speaks"
        case ev.InterviewerSaid():
            return "heard", "interviewer", "interviewer speaks"
        case ev.CodeChanged():
            return "edit", "code", "code changed"
        case ev.TestsRan() if event.purpose is not RunPurpose.PROBE:
            run = event.run
            return ("green" if run.green else "red"), "runs", f"{run.passed} of {run.total} tests passed"
        case ev.ProgramRan():
            return "program", "runs", "program ran"
        case ev.HintServed():
            return "hint", "hints", f"hint {event.rung}"
        case _:
            return "", "", ""
