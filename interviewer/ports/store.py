"""Where sessions are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from interviewer.domain.events import SessionEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One line of the history; `overall` is the newest rating's level value, empty when unrated."""

    session: str
    scenario: str
    company: str
    seniority: str
    started_at: str
    seconds: float
    events: int
    ended: bool
    overall: str = ""
    decision: str = ""
    signals: dict[str, str] = field(default_factory=dict)


class SessionWriter(Protocol):
    """The one writer of one session; held until closed."""

    def append(self, events: Sequence[SessionEvent]) -> None:
        """Store events durably before returning; their numbers must follow the stored ones."""
        ...

    def save_draft(self, name: str, text: str) -> None:
        """Keep the unsent text called `name` (`code`, `reply`), replacing the former."""
        ...

    def close(self) -> None:
        """Give the session free."""
        ...


class SessionStore(Protocol):
    """Keeps session logs. Raises StoreError and UnknownName."""

    def create(self, session: str) -> SessionWriter:
        """Start a new session."""
        ...

    def open(self, session: str) -> SessionWriter:
        """Take a stored session for writing; raises SessionBusy, UnknownName."""
        ...

    def events(self, session: str) -> tuple[SessionEvent, ...]:
        """A session's log."""
        ...

    def drafts(self, session: str) -> dict[str, str]:
        """Unsent texts by name."""
        ...

    def sessions(self) -> tuple[SessionSummary, ...]:
        """All sessions, newest first."""
        ...

    def find(self, prefix: str) -> str:
        """The session id that starts with `prefix`; the newest for an empty one; raises UnknownName."""
        ...

    def delete(self, session: str) -> None:
        """Remove a session."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...
