"""The session as a state machine: `decide(state, command, at) -> events`, `evolve(state, event) -> state`.

Both are pure. `decide` raises `CommandRefused` for a command the session does not allow and leaves
nothing behind; moves of the interviewer that are not granted are not errors but `MoveRefused` events.
"""

from interviewer.domain.session.hints import hint_cost, hint_refusal
from interviewer.domain.session.rules import decide
from interviewer.domain.session.state import SessionState, evolve, fold, sha

__all__ = ["SessionState", "decide", "evolve", "fold", "hint_cost", "hint_refusal", "sha"]
