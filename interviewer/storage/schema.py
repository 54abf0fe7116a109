"""The database's tables, and how an older file becomes a current one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from interviewer.errors import StoreTooNew

# Step n brings a file from version n to n + 1. A released step is never edited: add another.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            session TEXT NOT NULL UNIQUE,
            scenario TEXT NOT NULL,
            company TEXT NOT NULL,
            seniority TEXT NOT NULL,
            started_at TEXT NOT NULL,
            events INTEGER NOT NULL,
            at REAL NOT NULL,
            paused_at REAL,
            paused_total REAL NOT NULL,
            ended INTEGER NOT NULL,
            overall TEXT NOT NULL,
            decision TEXT NOT NULL,
            signals TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE events (
            session TEXT NOT NULL,
            seq INTEGER NOT NULL CHECK (seq >= 1),
            at REAL NOT NULL,
            kind TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (session, seq)
        )
        """,
        """
        CREATE TRIGGER events_are_contiguous BEFORE INSERT ON events
        WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM events WHERE session = NEW.session)
        BEGIN SELECT RAISE(ABORT, 'events must be contiguous'); END
        """,
        """
        CREATE TRIGGER events_are_final BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events cannot be changed'); END
        """,
        """
        CREATE TABLE drafts (
            session TEXT NOT NULL,
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (session, name)
        )
        """,
    ),
)


def migrate(connection: sqlite3.Connection, where: str, steps: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Bring the file up to `len(steps)`, all or nothing; raises StoreTooNew for a newer one."""
    if _version(connection, where, len(steps)) == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again under the lock: another process may have migrated meanwhile.
        for step in steps[_version(connection, where, len(steps)) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, where: str, known: int) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > known:
        raise StoreTooNew(
            f"written by a newer version of this program (schema {version}, this one knows {known})",
            where=where,
            remedy="update interviewer, or point INTERVIEWER_HOME at another folder",
        )
    return version
