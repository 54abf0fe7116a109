"""What an interviewer may do: a closed set of moves, asked of the engine at a desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from interviewer.domain.events import Via
from interviewer.domain.phases import Phase


@dataclass(frozen=True, slots=True)
class DiscloseFact:
    """Give out one fact; granted with its answer as text."""

    fact: str
    via: Via = Via.ASKED


@dataclass(frozen=True, slots=True)
class NoteTheAssumption:
    """Record that the candidate settled something the scenario has no fact for."""

    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Serve the next rung; granted with the rung as text."""


@dataclass(frozen=True, slots=True)
class AskTheFollowUp:
    """Put a follow-up question; granted with the question as text."""

    follow_up: str


@dataclass(frozen=True, slots=True)
class ProbeTheDecision:
    """Ask for the reason behind a decision; granted with the question as text."""

    decision: str


@dataclass(frozen=True, slots=True)
class InterjectLine:
    """Speak unasked, once per trigger; granted with the line as text."""

    trigger: str
    reason: str
    line: str


@dataclass(frozen=True, slots=True)
class RequestPhase:
    """Ask the engine to move to the next phase."""

    phase: Phase


@dataclass(frozen=True, slots=True)
class RequestEnd:
    """Ask the engine to end the interview."""

    why: str


Move = (
    DiscloseFact
    | NoteTheAssumption
    | Hint
    | AskTheFollowUp
    | ProbeTheDecision
    | InterjectLine
    | RequestPhase
    | RequestEnd
)


@dataclass(frozen=True, slots=True)
class MoveOutcome:
    """The engine's answer: granted with the text to say, or refused with the reason."""

    granted: bool
    text: str = ""


class Desk(Protocol):
    """Where an interviewer asks the engine for a move; decided at once and recorded."""

    def request(self, move: Move) -> MoveOutcome:
        """Grant or refuse `move`."""
        ...

    def record_leak(self, why: str, characters: int) -> None:
        """Record that a passage was withheld."""
        ...

    def record_model_call(
        self,
        *,
        model: str,
        role: str,
        input_tokens: int,
        output_tokens: int,
        cached_tokens: int = 0,
        cost_usd: float | None = None,
        estimated: bool = False,
        ms: float = 0.0,
        error: str = "",
    ) -> None:
        """Record a call of a language model; a text in `error` is shown to the candidate as a note."""
        ...

    def change_interviewer(self, name: str, why: str) -> None:
        """Record that another interviewer speaks from now on."""
        ...
