"""Where sessions are kept: SQLite on disk, memory for tests and the demo, JSONL for carrying."""

from __future__ import annotations

from interviewer.storage.memory import MemoryStore
from interviewer.storage.sqlite import SqliteStore

__all__ = ["MemoryStore", "SqliteStore"]
