"""The session as a report shows it: what was said, and every event a claim cites, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.domain import events as ev
from interviewer.domain.scorecard import Claim, Scorecard
from interviewer.domain.transcript import Speaker, transcript

_SPOKEN = (ev.CandidateSaid, ev.InterviewerSaid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line; `code` is a source text shown as it stands, empty for all but cited snapshots."""

    seq: int
    at: float
    who: str
    text: str
    interrupted: bool = False
    code: str = ""


def timeline(card: Scorecard, log: Sequence[ev.SessionEvent]) -> tuple[Entry, ...]:
    """The transcript, with the cited events that are no speech put in their places."""
    lines = {line.seq: line for line in transcript(log)}
    wanted = cited(card)
    entries = []
    for event in log:
        line = lines.get(event.seq)
        if line is not None:
            entries.append(
                Entry(
                    seq=line.seq,
                    at=line.at,
                    who=line.speaker.value,
                    text=line.text,
                    interrupted=line.interrupted,
                )
            )
        elif event.seq in wanted:
            code = event.source if isinstance(event, ev.CodeChanged) else ""
            entries.append(
                Entry(seq=event.seq, at=event.at, who=Speaker.NOTE.value, text=_note(event), code=code)
            )
    return tuple(entries)


def cited(card: Scorecard) -> frozenset[int]:
    """The events any part of the scorecard points at."""
    return frozenset(n for events in _citations(card) for n in events)


def _citations(card: Scorecard) -> Iterable[tuple[int, ...]]:
    claims: list[Claim | None] = [*card.overall_reasons, *(c for s in card.signals for c in s.reasons)]
    claims += [c for m in card.mistakes for c in (m.claim, m.recovery)]
    claims += [d.claim for d in card.decisions] + [a.claim for a in card.approach]
    yield from (c.events for c in claims if c is not None)
    yield from (f.events for f in card.facts)
    yield from (f.events for f in card.follow_ups)


def _note(event: ev.SessionEvent) -> str:
    match event:
        case ev.SessionStarted():
            return "the session starts"
        case ev.CodeChanged():
            return f"code, {len(event.source.splitlines())} lines"
        case ev.FactDisclosed():
            return f"fact: {event.topic} – {event.answer}"
        case ev.FollowUpAsked() | ev.DecisionProbed():
            return f"question: {event.question}"
        case ev.Interjected():
            return f"interjection: {event.line}"
        case ev.OwnTestsGraded():
            right = sum(c.right for c in event.grade.checks)
            return f"own checks graded: {right} of {len(event.grade.checks)} expect the right value"
        case ev.MoveRefused():
            return f"not granted: {event.move} ({event.why})"
        case ev.AssumptionNoted():
            return f"assumption noted: {event.text}"
        case ev.TestsRan():
            return f"tests: {event.run.passed}/{event.run.total} passed"
        case ev.SelfRated():
            return "own rating given"
        case ev.Scored():
            return "rated"
        case _:
            return event.kind.replace("_", " ")
