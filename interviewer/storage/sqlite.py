"""The store on disk: one SQLite file, one row per event, durable before `append` returns."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from interviewer.domain.events import SessionEvent
from interviewer.errors import StoreError, StoreUnavailable, UnknownName
from interviewer.ports import SessionSummary, SessionWriter
from interviewer.storage.checks import check_follows, choose, session_id
from interviewer.storage.codec import Undecodable, decode_all, encode
from interviewer.storage.locks import SessionLock
from interviewer.storage.schema import migrate
from interviewer.storage.tally import Tally, add

FILE = "sessions.db"
_ELSEWHERE = "make the folder writable, or point INTERVIEWER_HOME at another one"
_RESTORE = "restore a copy, or move the file away to start a new one"
_COLUMNS = (
    "session", "scenario", "company", "seniority", "started_at", "events", "at", "paused_at",
    "paused_total", "ended", "overall", "decision", "signals",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM sessions"
_UPSERT = (
    f"INSERT INTO sessions ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    f"ON CONFLICT (session) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _COLUMNS[1:])}"
)


class SqliteStore:
    """Keeps sessions in `folder/sessions.db`; makes the folder when it is missing.

    Raises StoreUnavailable when the folder or the file cannot be used, StoreTooNew for a file
    written by a newer program. Several processes may use one folder; one session has one writer.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._locks = folder / "locks"
        self._guard = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"the data folder cannot be used ({error.strerror})", where=str(folder), remedy=_ELSEWHERE
            ) from None
        with self._errors():
            self._connection = sqlite3.connect(
                self.path, timeout=10.0, isolation_level=None, check_same_thread=False
            )
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
                migrate(self._connection, str(self.path))
            except BaseException:
                self._connection.close()
                raise

    def create(self, session: str) -> SessionWriter:
        """Start a new session; it is listed once it holds an event."""
        self._check_new(session_id(session))
        lock = SessionLock(self._locks, session)
        try:
            # Again under the lock: another process may have created it meanwhile.
            self._check_new(session)
        except BaseException:
            lock.release()
            raise
        return _Writer(self, lock, Tally(session=session), float("-inf"))

    def open(self, session: str) -> SessionWriter:
        """Take a stored session for writing."""
        self._known(session)
        lock = SessionLock(self._locks, session)
        try:
            # Read again under the lock: the former writer may have added events until it let go.
            tally = self._known(session)
            with self._errors():
                (last,) = self._connection.execute(
                    "SELECT at FROM events WHERE session = ? AND seq = ?", (session, tally.events)
                ).fetchone() or (None,)
            if last is None:
                raise StoreUnavailable(
                    f"session {session} has lost its last event", where=str(self.path), remedy=_RESTORE
                )
        except BaseException:
            lock.release()
            raise
        return _Writer(self, lock, tally, last)

    def events(self, session: str) -> tuple[SessionEvent, ...]:
        """A session's log."""
        self._known(session)
        with self._errors():
            rows = self._connection.execute(
                "SELECT body FROM events WHERE session = ? ORDER BY seq", (session,)
            ).fetchall()
        try:
            return tuple(decode_all(body for (body,) in rows))
        except Undecodable as error:
            raise StoreUnavailable(
                f"session {session} holds an event that cannot be read ({error})",
                where=str(self.path),
                remedy=_RESTORE,
            ) from None

    def drafts(self, session: str) -> dict[str, str]:
        """Unsent texts by name."""
        self._known(session)
        with self._errors():
            rows = self._connection.execute("SELECT name, text FROM drafts WHERE session = ?", (session,))
            return dict(rows.fetchall())

    def sessions(self) -> tuple[SessionSummary, ...]:
        """All sessions, newest first."""
        with self._errors():
            rows = self._connection.execute(f"{_SELECT} ORDER BY started_at DESC, id DESC").fetchall()
        return tuple(_tally(row).summary() for row in rows)

    def find(self, prefix: str) -> str:
        """The session that starts with `prefix`; the newest for an empty one."""
        with self._errors():
            rows = self._connection.execute("SELECT session FROM sessions ORDER BY started_at DESC, id DESC")
            return choose(prefix, [session for (session,) in rows])

    def delete(self, session: str) -> None:
        """Remove a session."""
        self._known(session)
        lock = SessionLock(self._locks, session)
        try:
            with self.transaction() as connection:
                for table in ("sessions", "events", "drafts"):
                    connection.execute(f"DELETE FROM {table} WHERE session = ?", (session,))
        finally:
            lock.release()

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        with self._guard:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write that happens as a whole and is on disk when the block is left."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _check_new(self, session: str) -> None:
        if self._tally(session) is not None:
            raise StoreError("there is such a session already", where=f"session {session}")

    def _known(self, session: str) -> Tally:
        tally = self._tally(session)
        if tally is None:
            raise UnknownName("session", session, [s.session for s in self.sessions()])
        return tally

    def _tally(self, session: str) -> Tally | None:
        with self._errors():
            row = self._connection.execute(f"{_SELECT} WHERE session = ?", (session,)).fetchone()
        return None if row is None else _tally(row)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        with self._guard:
            try:
                yield
            except sqlite3.Error as error:
                raise _unavailable(error, self.path) from error


class _Writer:
    def __init__(self, store: SqliteStore, lock: SessionLock, tally: Tally, last: float) -> None:
        self._store = store
        self._lock = lock
        self._tally = tally
        self._last = last
        self._open = True

    def append(self, events: Sequence[SessionEvent]) -> None:
        self._check_open()
        if not events:
            return
        session, tally = self._tally.session, self._tally
        check_follows(session, tally.events, self._last, events)
        rows = []
        for event in events:
            tally = add(tally, event)
            rows.append((session, event.seq, event.at, event.kind, encode(event)))
        with self._store.transaction() as connection:
            connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute(_UPSERT, _row(tally))
        self._tally, self._last = tally, events[-1].at

    def save_draft(self, name: str, text: str) -> None:
        self._check_open()
        kept = text.encode("utf-8", "replace").decode()
        with self._store.transaction() as connection:
            connection.execute(
                "INSERT INTO drafts VALUES (?, ?, ?) "
                "ON CONFLICT (session, name) DO UPDATE SET text = excluded.text",
                (self._tally.session, name, kept),
            )

    def close(self) -> None:
        if self._open:
            self._open = False
            self._lock.release()

    def _check_open(self) -> None:
        if not self._open:
            raise StoreError("the session was closed", where=f"session {self._tally.session}")


def _row(tally: Tally) -> tuple[Any, ...]:
    return (
        tally.session, tally.scenario, tally.company, tally.seniority, tally.started_at, tally.events,
        tally.at, tally.paused_at, tally.paused_total, int(tally.ended), tally.overall, tally.decision,
        json.dumps(tally.signals),
    )  # fmt: skip


def _tally(row: tuple[Any, ...]) -> Tally:
    values = dict(zip(_COLUMNS, row, strict=True))
    return Tally(**{**values, "ended": bool(values["ended"]), "signals": json.loads(values["signals"])})


def _unavailable(error: sqlite3.Error, path: Path) -> StoreUnavailable:
    text = str(error)
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in text:
        return StoreUnavailable("the store was closed", where=str(path))
    if "locked" in text or "busy" in text:
        return StoreUnavailable(
            "another program holds the file", where=str(path), remedy="close it and try again"
        )
    if "full" in text:
        return StoreUnavailable("the disk is full", where=str(path), remedy="free some space and try again")
    if "not a database" in text or "malformed" in text or "corrupt" in text:
        return StoreUnavailable(
            f"the file is damaged ({text})",
            where=str(path),
            remedy=_RESTORE,
        )
    return StoreUnavailable(f"the store cannot be used ({text})", where=str(path), remedy=_ELSEWHERE)
