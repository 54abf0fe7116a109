"""What every session store must do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from interviewer.domain import events as ev
from interviewer.errors import SessionBusy, StoreError, UnknownName, UsageError
from interviewer.ports import SessionStore

LogMaker = Callable[..., tuple[ev.SessionEvent, ...]]


def keep(store: SessionStore, session: str, log: tuple[ev.SessionEvent, ...]) -> None:
    writer = store.create(session)
    writer.append(log)
    writer.close()


def test_a_log_comes_back_as_it_was(store: SessionStore, log_of: LogMaker) -> None:
    log = log_of()
    keep(store, "s1", log)
    assert store.events("s1") == log


def test_events_appended_one_by_one_are_the_same_log(store: SessionStore, log_of: LogMaker) -> None:
    log = log_of()
    writer = store.create("s1")
    for number, event in enumerate(log, start=1):
        writer.append([event])
        assert store.events("s1") == log[:number]
    writer.append([])
    assert store.events("s1") == log


def test_a_session_goes_on_where_it_stopped(store: SessionStore, log_of: LogMaker) -> None:
    log = log_of()
    keep(store, "s1", log[:5])
    writer = store.open("s1")
    writer.append(log[5:])
    assert store.events("s1") == log


@pytest.mark.parametrize("bad", [[3], [0], [2, 4], [2, 2], [2, 1]])
def test_a_gap_or_a_repeat_is_refused_and_stores_nothing(
    store: SessionStore, log_of: LogMaker, bad: list[int]
) -> None:
    first = log_of()[0]
    writer = store.create("s1")
    writer.append([first])
    with pytest.raises(StoreError):
        writer.append([ev.Paused(seq=seq, at=1.0) for seq in bad])
    assert store.events("s1") == (first,)
    writer.append([ev.Paused(seq=2, at=1.0)])
    assert len(store.events("s1")) == 2


def test_time_that_runs_back_is_refused(store: SessionStore, log_of: LogMaker) -> None:
    writer = store.create("s1")
    writer.append([log_of()[0], ev.Paused(seq=2, at=9.0)])
    with pytest.raises(StoreError, match="back in time"):
        writer.append([ev.Resumed(seq=3, at=8.0)])


def test_time_still_cannot_run_back_after_reopening_an_ended_session(
    store: SessionStore, log_of: LogMaker
) -> None:
    log = log_of()
    keep(store, "s1", log)
    with pytest.raises(StoreError, match="back in time"):
        store.open("s1").append([ev.SessionReopened(seq=log[-1].seq + 1, at=log[-1].at - 1)])


def test_a_log_must_begin_with_its_start(store: SessionStore, log_of: LogMaker) -> None:
    with pytest.raises(StoreError, match="starts with its start"):
        store.create("s1").append([ev.Paused(seq=1, at=0.0)])
    with pytest.raises(StoreError, match="belongs to session s1"):
        store.create("s2").append(log_of("s1"))
    assert store.sessions() == ()


def test_one_session_has_one_writer(store: SessionStore, log_of: LogMaker) -> None:
    keep(store, "s1", log_of())
    writer = store.open("s1")
    with pytest.raises(SessionBusy):
        store.open("s1")
    with pytest.raises(SessionBusy):
        store.delete("s1")
    writer.close()
    writer.close()
    store.open("s1").close()


def test_a_closed_writer_writes_no_more(store: SessionStore, log_of: LogMaker) -> None:
    log = log_of()
    writer = store.create("s1")
    writer.append(log[:2])
    writer.close()
    with pytest.raises(StoreError):
        writer.append(log[2:])
    with pytest.raises(StoreError):
        writer.save_draft("code", "x")
    assert store.events("s1") == log[:2]


def test_a_session_cannot_be_created_twice(store: SessionStore, log_of: LogMaker) -> None:
    keep(store, "s1", log_of())
    with pytest.raises(StoreError, match="already"):
        store.create("s1")
    store.open("s1").close()


def test_a_session_without_events_is_not_listed(store: SessionStore) -> None:
    store.create("s1").close()
    assert store.sessions() == ()
    with pytest.raises(UnknownName):
        store.open("s1")


@pytest.mark.parametrize("session", ["", "../x", "a/b", "a b", "-x", "x" * 65, "a\x00"])
def test_an_id_that_could_leave_the_folder_is_refused(store: SessionStore, session: str) -> None:
    with pytest.raises(UsageError):
        store.create(session)


def test_drafts_are_kept_and_replaced(store: SessionStore, log_of: LogMaker) -> None:
    writer = store.create("s1")
    writer.append(log_of())
    writer.save_draft("code", "a")
    writer.save_draft("reply", "I thi")
    writer.save_draft("code", "b\n")
    writer.close()
    assert store.drafts("s1") == {"code": "b\n", "reply": "I thi"}


def test_the_history_is_newest_first_and_true(store: SessionStore, log_of: LogMaker) -> None:
    keep(store, "old", log_of("old", "2030-01-01T10:00:00Z"))
    keep(store, "new", log_of("new", "2030-01-02T10:00:00Z", ended=False))
    keep(store, "same", log_of("same", "2030-01-02T10:00:00Z"))
    same, new, old = store.sessions()
    assert (same.session, new.session, old.session) == ("same", "new", "old")
    assert (new.ended, new.overall, new.signals) == (False, "", {})
    # 301 s on the clock, 60 of them paused.
    assert new.seconds == pytest.approx(241.0)
    assert (old.ended, old.overall, old.decision) == (True, "weak", "no hire")
    assert old.signals == {"technical": "weak"}
    # Ended at 400 s; the rating at 500 s is no interview time.
    assert old.seconds == pytest.approx(340.0)
    assert old.events == len(log_of())
    assert (old.scenario, old.company, old.seniority) == ("kmeans_lloyd", "google", "mid")


def test_a_session_is_found_by_the_start_of_its_id(store: SessionStore, log_of: LogMaker) -> None:
    for session, day in (("abc", 1), ("abd", 3), ("xyz", 2)):
        keep(store, session, log_of(session, f"2030-01-0{day}T10:00:00Z"))
    assert store.find("") == "abd"
    assert store.find("x") == "xyz"
    assert store.find("abc") == "abc"
    with pytest.raises(UsageError, match="stands for 2 sessions"):
        store.find("ab")
    with pytest.raises(UnknownName, match="did you mean xyz"):
        store.find("xyy")


def test_unknown_sessions_are_named(store: SessionStore, log_of: LogMaker) -> None:
    for use in (store.open, store.events, store.drafts, store.delete, store.find):
        with pytest.raises(UnknownName, match="there are none"):
            use("s1")
    with pytest.raises(UnknownName):
        store.find("")
    keep(store, "s1", log_of())
    with pytest.raises(UnknownName, match="known: s1"):
        store.events("s2")


def test_a_deleted_session_is_gone(store: SessionStore, log_of: LogMaker) -> None:
    keep(store, "s1", log_of())
    keep(store, "s2", log_of("s2"))
    store.delete("s1")
    assert [s.session for s in store.sessions()] == ["s2"]
    with pytest.raises(UnknownName):
        store.events("s1")
    keep(store, "s1", log_of())
    assert store.events("s1") == log_of()
    assert store.drafts("s1") == {}
