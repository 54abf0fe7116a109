"""The interviewer, what some interviewers can do besides, and the listener beside each of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from interviewer.domain.events import Act, Segment, SessionEvent
from interviewer.ports.moves import Desk
from interviewer.ports.view import InterviewView


class Interviewer(Protocol):
    """One side of the conversation. It sees an `InterviewView`, acts through a `Desk`, and speaks."""

    @property
    def name(self) -> str:
        """How the log calls it: `offline` or the model's name."""
        ...

    def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        """Yield the reply piece by piece; nothing at all means staying silent.

        Raises ModelError when a model could not answer; what was yielded before stays said.
        """
        ...


@runtime_checkable
class Versioned(Protocol):
    """An interviewer made of parts with versions (model, prompts) that a session should record."""

    @property
    def versions(self) -> dict[str, str]:
        """Version by part."""
        ...


@runtime_checkable
class Warming(Protocol):
    """An interviewer that is slow to get ready; front ends warm it after their first paint."""

    async def warm(self) -> None:
        """Get ready in a thread; never raises ModelError, the first reply will tell."""
        ...


@runtime_checkable
class HandsBack(Protocol):
    """An interviewer in whose place another may come to speak, until it is handed back the word."""

    @property
    def taken_over(self) -> bool:
        """True while another speaks in its place."""
        ...

    def hand_back(self) -> None:
        """Let it speak again from the next reply on; nothing when it does so already."""
        ...


@runtime_checkable
class Spending(Protocol):
    """An interviewer with a budget; told of the session's past, so that what was spent stays spent."""

    def recall(self, log: Sequence[SessionEvent]) -> None:
        """Take note of a log that is being continued."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """How a turn was understood."""

    act: Act
    segments: tuple[Segment, ...]


class Listener(Protocol):
    """Understands the candidate's turns against one scenario, whoever the interviewer is."""

    def understand(self, text: str, view: InterviewView) -> Understanding:
        """Classify a turn, split it, and match its segments to facts."""
        ...
