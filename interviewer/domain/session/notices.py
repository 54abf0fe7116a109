"""What the clock has to say, and the end when the time is up."""

from __future__ import annotations

from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.session.state import SessionState

_SHORT_PHASE = 120.0


def notices(state: SessionState, at: float, *, ends: bool = True) -> tuple[ev.SessionEvent, ...]:
    """The notices due at session time `at`, each once; then, if it `ends`, the end when no time is left."""
    total, phase = state.plan.total_seconds, state.phase
    if total is None or phase is None:
        return ()
    active, remaining = state.active(at), max(0.0, total - state.active(at))
    due: list[tuple[ev.NoticeKind, Phase | None]] = []
    budget, spent = state.plan.budget(phase), state.phase_seconds(phase, at)
    if budget is None or budget < _SHORT_PHASE:
        pass  # a phase of seconds has no time worth a notice
    elif spent >= budget:
        due.append((ev.NoticeKind.PHASE_SPENT, phase))
    elif spent >= 0.8 * budget:
        due.append((ev.NoticeKind.PHASE_AMBER, phase))
    if active >= 0.8 * total:
        due.append((ev.NoticeKind.TOTAL_AMBER, None))
    if remaining <= 300 < total:
        due.append((ev.NoticeKind.FIVE_MINUTES, None))
    over = ends and active >= total
    if over:
        due.append((ev.NoticeKind.TIME_UP, None))
    made: list[ev.SessionEvent] = []
    for notice, about in due:
        if (notice, about) not in state.notices:
            seq = state.seq + 1 + len(made)
            made.append(ev.TimeNoticed(seq=seq, at=at, notice=notice, remaining=remaining, phase=about))
    if over:
        made.append(ev.InterviewEnded(seq=state.seq + 1 + len(made), at=at, reason=ev.EndReason.TIME_UP))
    return tuple(made)
