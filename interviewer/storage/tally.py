"""A session's line in the history, kept up to date event by event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce

from interviewer.domain import events as ev
from interviewer.ports import SessionSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the history shows of a session, and the pause bookkeeping that its seconds need."""

    session: str
    scenario: str = ""
    company: str = ""
    seniority: str = ""
    started_at: str = ""
    events: int = 0
    at: float = 0.0
    paused_at: float | None = None
    paused_total: float = 0.0
    ended: bool = False
    overall: str = ""
    decision: str = ""
    signals: dict[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Interview seconds: pauses left out, stopped at the end."""
        standing = self.at - self.paused_at if self.paused_at is not None else 0.0
        return self.at - self.paused_total - standing

    def summary(self) -> SessionSummary:
        """The line of the history."""
        return SessionSummary(
            session=self.session, scenario=self.scenario, company=self.company, seniority=self.seniority,
            started_at=self.started_at, seconds=self.seconds, events=self.events, ended=self.ended,
            overall=self.overall, decision=self.decision, signals=dict(self.signals),
        )  # fmt: skip


def add(tally: Tally, event: ev.SessionEvent) -> Tally:
    """The tally after one more event."""
    at = tally.at if tally.ended else event.at
    tally = replace(tally, events=event.seq, at=at)
    match event:
        case ev.SessionStarted():
            return replace(
                tally, scenario=event.scenario, company=event.company, seniority=event.seniority.value,
                started_at=event.started_at,
            )  # fmt: skip
        case ev.Paused():
            return replace(tally, paused_at=event.at)
        case ev.Resumed() if tally.paused_at is not None:
            stood = event.at - tally.paused_at
            return replace(tally, paused_at=None, paused_total=tally.paused_total + stood)
        case ev.InterviewEnded():
            return replace(tally, ended=True)
        case ev.Scored():
            card = event.scorecard
            rated = {s.signal: s.rating.value for s in card.signals if s.rating is not None}
            overall = card.overall.value if card.overall is not None else ""
            return replace(tally, overall=overall, decision=card.decision, signals=rated)
        case _:
            return tally


def tally_of(session: str, log: Iterable[ev.SessionEvent]) -> Tally:
    """The tally of a whole log."""
    return reduce(add, log, Tally(session=session))
