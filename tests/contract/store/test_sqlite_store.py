"""What holds for the store on disk alone: durability, other processes, bad files."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.domain import events as ev
from interviewer.domain.session import fold
from interviewer.errors import SessionBusy, StoreTooNew, StoreUnavailable
from interviewer.storage import SqliteStore
from interviewer.storage.schema import MIGRATIONS, migrate

LogMaker = Callable[..., tuple[ev.SessionEvent, ...]]

# Starts or takes up session s1 and appends for ever, telling each acknowledged number.
WRITER = """
import sys
from pathlib import Path
from interviewer.storage import SqliteStore
from interviewer.storage.codec import decode
from interviewer.domain import events as ev
store = SqliteStore(Path(sys.argv[1]))
known = [s.events for s in store.sessions()]
writer = store.open("s1") if known else store.create("s1")
seq = known[0] if known else 0
at = store.events("s1")[-1].at if known else 0.0
if not seq:
    writer.append([decode(sys.argv[2])])
    seq = 1
print(seq, flush=True)
while True:
    said = [ev.CandidateSaid(seq=seq + n, at=at + n, text="x" * 500) for n in (1, 2, 3)]
    writer.append(said)
    writer.save_draft("code", "d" * (seq % 7))
    seq, at = seq + 3, at + 3
    print(seq, flush=True)
"""


def test_nothing_acknowledged_is_lost_by_a_kill_at_any_moment(tmp_path: Path, log_of: LogMaker) -> None:
    from interviewer.storage.codec import encode

    chance = random.Random(5)
    for _ in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), encode(log_of()[0])], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(chance.random() * 0.05)
        child.kill()
        acknowledged = int(([first] + [n for n in child.stdout.readlines() if n.endswith(b"\n")])[-1])
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        store = SqliteStore(tmp_path)
        log = store.events("s1")
        assert len(log) >= acknowledged
        assert [e.seq for e in log] == list(range(1, len(log) + 1))
        # Groups of three are all there or not at all.
        assert len(log) % 3 == 1
        assert store.sessions()[0].events == len(log)
        writer = store.open("s1")
        writer.append([ev.SessionReopened(seq=len(log) + 1, at=log[-1].at)])
        writer.append([ev.SessionReopened(seq=len(log) + n, at=log[-1].at) for n in (2, 3)])
        writer.close()
        assert fold(store.events("s1")).seq == len(log) + 3
        store.close()


HOLDER = """
import sys, time
from pathlib import Path
from interviewer.storage import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
writer = store.open("s1")
print("held", flush=True)
time.sleep(60)
"""


def test_another_process_cannot_write_and_a_dead_one_holds_nothing(tmp_path: Path, log_of: LogMaker) -> None:
    store = SqliteStore(tmp_path)
    writer = store.create("s1")
    writer.append(log_of())
    writer.close()
    other = store.create("s2")
    child = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(SessionBusy, match="another process"):
        store.open("s1")
    # Reading, and writing other sessions, goes on.
    assert store.events("s1") == log_of()
    other.append(log_of("s2"))
    child.kill()
    child.wait()
    child.stdout.close()
    store.open("s1").close()
    store.close()


def test_many_processes_may_open_a_fresh_folder_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from interviewer.storage import SqliteStore;"
        "s = SqliteStore(Path(sys.argv[1])); s.create(sys.argv[2]).save_draft('a', 'b'); s.close()"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "new"), f"s{n}"]) for n in range(6)
    ]
    assert [child.wait() for child in children] == [0] * 6


def test_write_ahead_log_and_full_sync_are_on(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    with store.transaction() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()


def test_the_file_itself_refuses_gaps_and_changes(tmp_path: Path, log_of: LogMaker) -> None:
    store = SqliteStore(tmp_path)
    writer = store.create("s1")
    writer.append(log_of()[:2])
    raw = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.IntegrityError, match="contiguous"):
        raw.execute("INSERT INTO events VALUES ('s1', 4, 0, 'paused', '{}')")
    with pytest.raises(sqlite3.IntegrityError, match="cannot be changed"):
        raw.execute("UPDATE events SET body = '{}'")
    raw.close()
    store.close()


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path, log_of: LogMaker) -> None:
    store = SqliteStore(tmp_path)
    store.create("s1").append(log_of())
    store.close()
    raw = sqlite3.connect(store.path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    before = store.path.read_bytes()
    with pytest.raises(StoreTooNew, match=r"newer version.*schema 99.*update interviewer"):
        SqliteStore(tmp_path)
    assert store.path.read_bytes() == before


def test_an_older_file_migrates_forward_and_keeps_its_rows(tmp_path: Path, log_of: LogMaker) -> None:
    store = SqliteStore(tmp_path)
    store.create("s1").append(log_of())
    store.close()
    steps = (*MIGRATIONS, ("ALTER TABLE sessions ADD COLUMN note TEXT NOT NULL DEFAULT 'none'",))
    raw = sqlite3.connect(store.path, isolation_level=None)
    migrate(raw, "x", steps)
    assert raw.execute("SELECT session, note FROM sessions").fetchall() == [("s1", "none")]
    assert raw.execute("PRAGMA user_version").fetchone() == (len(steps),)
    migrate(raw, "x", steps)
    raw.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    SqliteStore(tmp_path).close()
    steps = (*MIGRATIONS, ("CREATE TABLE extra (x)", "CREATE TABLE extra (x)"))
    raw = sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(raw, "x", steps)
    assert raw.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []
    assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    raw.close()


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreUnavailable, match=r"data: the data folder.*INTERVIEWER_HOME"):
        SqliteStore(tmp_path / "data")
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path / "data" / "below")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        # An administrator may write anywhere but where no file can be.
        folder = Path("/proc/interviewer-data")
    with pytest.raises(StoreUnavailable, match="INTERVIEWER_HOME"):
        SqliteStore(folder)


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    path.write_bytes(b"this is no database at all, whatever its name says. " * 50)
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match=r"sessions\.db: the file is damaged.*restore a copy"):
        SqliteStore(tmp_path)
    assert path.read_bytes() == before


def test_an_event_that_cannot_be_read_is_named(tmp_path: Path, log_of: LogMaker) -> None:
    store = SqliteStore(tmp_path)
    store.create("s1").append(log_of()[:2])
    with store.transaction() as connection:
        connection.execute("""INSERT INTO events VALUES ('s1', 3, 9, 'x', '{"kind": "x"}')""")
    with pytest.raises(StoreUnavailable, match=r"session s1 holds an event.*unknown kind of event 'x'"):
        store.events("s1")
    assert len(store.sessions()) == 1
    store.close()


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, log_of: LogMaker) -> None:
    store = SqliteStore(tmp_path)
    log = log_of(ended=False)
    writer = store.create("s1")
    writer.append(log)
    big = ev.CandidateSaid(seq=len(log) + 1, at=900.0, text="x" * 4_000_000)
    with store.transaction() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    # SQLite answers a page limit exactly as it answers a full disk.
    store._connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(StoreUnavailable, match="disk is full"):
        writer.append([big])
    assert store.events("s1") == log
    store._connection.execute("PRAGMA max_page_count = 1000000")
    writer.append([big])
    assert store.events("s1") == (*log, big)
    store.close()


def test_listing_sessions_parses_no_log(tmp_path: Path, log_of: LogMaker) -> None:
    store = SqliteStore(tmp_path)
    store.create("s1").append(log_of())
    store.close()
    code = (
        "import sys; from pathlib import Path; from interviewer.storage import SqliteStore;"
        "print(len(SqliteStore(Path(sys.argv[1])).sessions()), 'pydantic' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True)
    assert said.stdout == "1 False\n", said.stderr
