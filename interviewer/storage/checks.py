"""Rules every store keeps, whatever it keeps the sessions in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from interviewer.domain.events import SessionEvent, SessionStarted
from interviewer.errors import StoreError, UnknownName, UsageError

# Names a lock file too, so nothing that could leave the folder.
_SESSION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def session_id(session: str) -> str:
    """`session` itself when it can name a session; raises UsageError."""
    if not _SESSION_ID.fullmatch(session):
        raise UsageError(
            f"{session[:80]!r} cannot name a session",
            remedy="use 1 to 64 letters, digits, - and _, starting with a letter or digit",
        )
    return session


def check_follows(session: str, stored: int, at: float, events: Sequence[SessionEvent]) -> None:
    """Raise StoreError unless `events` continue a log of `stored` events whose last time is `at`."""
    for offset, event in enumerate(events, start=1):
        due = stored + offset
        if event.seq != due:
            raise StoreError(
                f"event {event.seq} does not follow event {due - 1}",
                where=f"session {session}",
                remedy="open the session again",
            )
        if event.at < at:
            raise StoreError(f"event {event.seq} runs back in time", where=f"session {session}")
        at = event.at
        if (due == 1) != isinstance(event, SessionStarted):
            raise StoreError("a log starts with its start, once", where=f"session {session}")
        if isinstance(event, SessionStarted) and event.session != session:
            raise StoreError(f"the event belongs to session {event.session}", where=f"session {session}")


def choose(prefix: str, newest_first: Iterable[str]) -> str:
    """The one session `prefix` stands for; the newest for an empty one; raises UnknownName, UsageError."""
    known = list(newest_first)
    if not prefix and known:
        return known[0]
    if prefix in known:
        return prefix
    found = [session for session in known if session.startswith(prefix)] if prefix else []
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(found[:4]) + (", …" if len(found) > 4 else "")
        raise UsageError(f"{prefix!r} stands for {len(found)} sessions: {shown}", remedy="give more letters")
    raise UnknownName("session", prefix, known)
