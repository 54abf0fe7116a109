"""When the next rung may be served, and what it costs."""

from __future__ import annotations

from interviewer.domain.session.state import SessionState

_COSTS = (
    "noted in the report, no cap",
    "noted in the report; counts towards the hint total",
    "technical skills can be at most strong",
)


def hint_refusal(state: SessionState, rungs: int) -> str:
    """Why the next rung cannot be served now; empty when it can."""
    if state.hints >= rungs:
        return "the ladder has no further rung"
    fresh = state.code_sha != state.hint_sha or state.attempts > state.hint_attempts
    if state.hints > 0 and not fresh:
        return "try something first: change the code or run it, then ask again"
    if state.hints == rungs - 1 and not state.approach_stated:
        return "say first how you would approach it; the last rung comes after that"
    return ""


def hint_cost(rung: int, rungs: int) -> str:
    """What taking rung `rung` (1-based) of `rungs` costs, shown beforehand."""
    return _COSTS[2] if rung >= rungs else _COSTS[min(rung - 1, 1)]
