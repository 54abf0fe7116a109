"""What the service needs from outside: interviewer, judge, executor, store, clock.

Each is a small protocol; every implementation passes the contract suite of its port under
`tests/contract/`.
"""

from interviewer.ports.clock import Clock
from interviewer.ports.executor import Executor, OnOutput, OnResult
from interviewer.ports.interviewer import (
    HandsBack,
    Interviewer,
    Listener,
    Spending,
    Understanding,
    Versioned,
    Warming,
)
from interviewer.ports.moves import (
    AskTheFollowUp,
    Desk,
    DiscloseFact,
    Hint,
    InterjectLine,
    Move,
    MoveOutcome,
    NoteTheAssumption,
    ProbeTheDecision,
    RequestEnd,
    RequestPhase,
)
from interviewer.ports.rater import CallsModels, Rater
from interviewer.ports.store import SessionStore, SessionSummary, SessionWriter
from interviewer.ports.view import InterviewView, Occasion, TimeView, Topic

__all__ = [
    "AskTheFollowUp",
    "CallsModels",
    "Clock",
    "Desk",
    "DiscloseFact",
    "Executor",
    "HandsBack",
    "Hint",
    "InterjectLine",
    "InterviewView",
    "Interviewer",
    "Listener",
    "Move",
    "MoveOutcome",
    "NoteTheAssumption",
    "Occasion",
    "OnOutput",
    "OnResult",
    "ProbeTheDecision",
    "Rater",
    "RequestEnd",
    "RequestPhase",
    "SessionStore",
    "SessionSummary",
    "SessionWriter",
    "Spending",
    "TimeView",
    "Topic",
    "Understanding",
    "Versioned",
    "Warming",
]
