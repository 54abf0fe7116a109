"""Whatever is done to both stores in whatever order, they answer the same."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.domain import events as ev
from interviewer.errors import InterviewerError
from interviewer.ports import SessionStore, SessionWriter
from interviewer.storage import MemoryStore, SqliteStore

LogMaker = Callable[..., tuple[ev.SessionEvent, ...]]

SESSIONS = ("a", "ab", "b")
STEP = st.tuples(
    st.sampled_from(["create", "open", "append", "skip", "draft", "close", "delete", "find"]),
    st.sampled_from(SESSIONS),
    st.integers(1, 4),
)


class Player:
    """Does steps to one store and notes what came of them."""

    def __init__(self, store: SessionStore, logs: dict[str, tuple[ev.SessionEvent, ...]]) -> None:
        self.store = store
        self.logs = logs
        self.writers: dict[str, SessionWriter] = {}
        self.stored = dict.fromkeys(SESSIONS, 0)

    def do(self, what: str, session: str, number: int) -> Any:
        try:
            return self._do(what, session, number)
        except InterviewerError as error:
            return type(error).__name__

    def _do(self, what: str, session: str, number: int) -> Any:
        at = self.stored[session]
        match what:
            case "create" | "open":
                self.writers[session] = getattr(self.store, what)(session)
            case "append" if session in self.writers:
                self.writers[session].append(self.logs[session][at : at + number])
                self.stored[session] = min(at + number, len(self.logs[session]))
            case "skip" if session in self.writers:
                self.writers[session].append(self.logs[session][at + 1 : at + 1 + number])
            case "draft" if session in self.writers:
                self.writers[session].save_draft(f"d{number}", f"{session}{number}")
            case "close" if session in self.writers:
                self.writers.pop(session).close()
            case "delete":
                self.store.delete(session)
                self.stored[session] = 0
            case "find":
                return self.store.find(session[:number])
        return None

    def all(self) -> Any:
        listed = self.store.sessions()
        return [(s, self.store.events(s.session), self.store.drafts(s.session)) for s in listed]


# The fixture is a pure function: nothing of it needs to be made afresh.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=30))
def test_both_stores_answer_the_same(steps: list[tuple[str, str, int]], log_of: LogMaker) -> None:
    logs = {s: log_of(s, f"2030-01-0{n}T10:00:00Z") for n, s in enumerate(SESSIONS, start=1)}
    with tempfile.TemporaryDirectory() as folder:
        one, two = Player(MemoryStore(), logs), Player(SqliteStore(Path(folder)), logs)
        for step in steps:
            assert one.do(*step) == two.do(*step), step
            assert one.all() == two.all(), step
        two.store.close()
