"""How long the store takes, beside bare sqlite3 with the same safety in the same run.

Run by hand: `python tests/benchmarks/bench_store.py`
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Kind, plan_for
from interviewer.domain.rubric import Seniority
from interviewer.domain.session import SessionState, decide
from interviewer.storage import SqliteStore
from interviewer.storage.codec import encode

APPENDS = 400
SESSIONS = 1_000
LONG_LOG = 2_000


def start_of(session: str, number: int) -> tuple[ev.SessionEvent, ...]:
    """The two first events of a session."""
    begin = cmd.Begin(
        session=session, scenario="kmeans_lloyd", digest="d", interview=Kind.CODING, company="free",
        seniority=Seniority.MID, plan=plan_for(Kind.CODING, 45), code_runs=True, seed=0,
        interviewer="offline", started_at=f"2030-01-01T{number // 3600:02d}:{number // 60 % 60:02d}:00Z",
        starter="", outline=ev.ScenarioOutline(),
    )  # fmt: skip
    return decide(SessionState(), begin, 0.0)


def milliseconds(action: Callable[[], object]) -> float:
    """Wall-clock time of one call."""
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def line(name: str, times: list[float]) -> float:
    """Print p50 and p95; returns p50."""
    ordered = sorted(times)
    p50, p95 = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    print(f"{name:58} p50 {p50:7.2f} ms   p95 {p95:7.2f} ms")
    return p50


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "store")
        writer = store.create("s0")
        writer.append(start_of("s0", 0))
        said = [ev.CandidateSaid(seq=n, at=float(n), text="x" * 200) for n in range(3, APPENDS + 3)]
        ours = line("append one event, durable", [milliseconds(partial(writer.append, [e])) for e in said])

        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE events (seq INTEGER PRIMARY KEY, body TEXT)")
        bodies = [encode(event) for event in said]
        peer = line(
            "bare sqlite3 insert of the same bytes, durable",
            [
                milliseconds(partial(bare.execute, "INSERT INTO events VALUES (?, ?)", (n, b)))
                for n, b in enumerate(bodies)
            ],
        )
        bare.close()
        print(f"{'ratio':58} {ours / peer:10.2f}")

        for number in range(1, SESSIONS):
            other = store.create(f"s{number}")
            other.append(start_of(f"s{number}", number))
            other.close()
        line(f"history of {SESSIONS} sessions", [milliseconds(store.sessions) for _ in range(20)])
        writer.append(
            [ev.CandidateSaid(seq=n, at=float(n), text="y" * 200) for n in range(APPENDS + 3, LONG_LOG)]
        )
        line(
            f"read a log of {LONG_LOG} events", [milliseconds(lambda: store.events("s0")) for _ in range(20)]
        )
        store.close()


if __name__ == "__main__":
    main()
