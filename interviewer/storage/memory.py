"""A store that forgets: for tests, evaluations and the demo. Same contract as the one on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from interviewer.domain.events import SessionEvent
from interviewer.errors import SessionBusy, StoreError, UnknownName
from interviewer.ports import SessionSummary, SessionWriter
from interviewer.storage.checks import check_follows, choose, session_id
from interviewer.storage.tally import Tally, add


@dataclass(slots=True)
class _Kept:
    tally: Tally
    log: list[SessionEvent] = field(default_factory=list)
    drafts: dict[str, str] = field(default_factory=dict)


class MemoryStore:
    """Keeps sessions as long as the object lives."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._writing: set[str] = set()

    def create(self, session: str) -> SessionWriter:
        """Start a new session; it is listed once it holds an event."""
        session_id(session)
        if self._listed(session):
            raise StoreError("there is such a session already", where=f"session {session}")
        return self._writer(session)

    def open(self, session: str) -> SessionWriter:
        """Take a stored session for writing."""
        self._known(session)
        return self._writer(session)

    def _writer(self, session: str) -> _MemoryWriter:
        if session in self._writing:
            raise SessionBusy(
                "another process is writing this session",
                where=f"session {session}",
                remedy="close it there, or start another session",
            )
        self._writing.add(session)
        kept = self._kept.setdefault(session, _Kept(Tally(session=session)))
        return _MemoryWriter(session, kept, self._writing)

    def events(self, session: str) -> tuple[SessionEvent, ...]:
        """A session's log."""
        return tuple(self._known(session).log)

    def drafts(self, session: str) -> dict[str, str]:
        """Unsent texts by name."""
        return dict(self._known(session).drafts)

    def sessions(self) -> tuple[SessionSummary, ...]:
        """All sessions, newest first."""
        listed = [kept.tally.summary() for kept in self._kept.values() if kept.log]
        # Of two that started in the same second the one stored later is the newer.
        listed.reverse()
        return tuple(sorted(listed, key=lambda s: s.started_at, reverse=True))

    def find(self, prefix: str) -> str:
        """The session that starts with `prefix`; the newest for an empty one."""
        return choose(prefix, (s.session for s in self.sessions()))

    def delete(self, session: str) -> None:
        """Remove a session."""
        self._known(session)
        self._writer(session).close()
        del self._kept[session]

    def close(self) -> None:
        """Give everything free."""
        self._writing.clear()

    def _listed(self, session: str) -> bool:
        return session in self._kept and bool(self._kept[session].log)

    def _known(self, session: str) -> _Kept:
        if not self._listed(session):
            raise UnknownName("session", session, [s.session for s in self.sessions()])
        return self._kept[session]


class _MemoryWriter:
    def __init__(self, session: str, kept: _Kept, writing: set[str]) -> None:
        self._session = session
        self._kept = kept
        self._writing = writing
        self._open = True

    def append(self, events: Sequence[SessionEvent]) -> None:
        self._check_open()
        last = self._kept.log[-1].at if self._kept.log else float("-inf")
        check_follows(self._session, len(self._kept.log), last, events)
        for event in events:
            self._kept.log.append(event)
            self._kept.tally = add(self._kept.tally, event)

    def save_draft(self, name: str, text: str) -> None:
        self._check_open()
        self._kept.drafts[name] = text

    def close(self) -> None:
        if self._open:
            self._open = False
            self._writing.discard(self._session)

    def _check_open(self) -> None:
        if not self._open:
            raise StoreError("the session was closed", where=f"session {self._session}")
