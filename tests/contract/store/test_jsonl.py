"""A session leaves as JSON lines and comes back the same, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.domain import events as ev
from interviewer.errors import ImportRejected, UsageError
from interviewer.ports import SessionStore
from interviewer.storage import MemoryStore, SqliteStore
from interviewer.storage.jsonl import export_session, import_session

LogMaker = Callable[..., tuple[ev.SessionEvent, ...]]


@pytest.fixture
def exported(log_of: LogMaker) -> str:
    store = MemoryStore()
    writer = store.create("s1")
    writer.append(log_of())
    writer.save_draft("code", "x = 1\n")
    return "".join(export_session(store, "s1"))


def test_export_and_import_are_inverse(store: SessionStore, exported: str, log_of: LogMaker) -> None:
    done = import_session(store, exported, where="f")
    assert (done.session, done.events, done.new) == ("s1", len(log_of()), True)
    assert store.events("s1") == log_of()
    assert store.drafts("s1") == {"code": "x = 1\n"}
    assert "".join(export_session(store, "s1")) == exported
    store.open("s1").close()


def test_every_line_is_json_with_its_number_and_kind(exported: str) -> None:
    header, *events = [json.loads(line) for line in exported.removesuffix("\n").split("\n")]
    assert header["events"] == len(events)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert events[0]["kind"] == "session_started"


def test_importing_the_same_again_changes_nothing(store: SessionStore, exported: str) -> None:
    import_session(store, exported, where="f")
    assert not import_session(store, exported, where="f").new
    assert len(store.sessions()) == 1


def test_another_session_of_that_name_is_never_overwritten(
    store: SessionStore, exported: str, log_of: LogMaker
) -> None:
    store.create("s1").append(log_of(turns=5))
    with pytest.raises(ImportRejected, match="--as ID"):
        import_session(store, exported, where="f")
    assert store.events("s1") == log_of(turns=5)
    import_session(store, exported, where="f", session="copy")
    assert store.events("copy")[1:] == log_of()[1:]
    with pytest.raises(UsageError):
        import_session(store, exported, where="f", session="../up")


def broken(exported: str, line: int, **changes: object) -> str:
    lines = exported.split("\n")
    lines[line - 1] = json.dumps({**json.loads(lines[line - 1]), **changes})
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("line", "changes", "reason"),
    [
        (1, {"format": "x"}, "line 1: this is no exported session"),
        (1, {"schema": 99}, "line 1: written by a newer version"),
        (1, {"session": "../../etc"}, "line 1: .* cannot name a session"),
        (1, {"extra": 1}, "line 1: extra is unknown"),
        (1, {"drafts": {"code": 1}}, "line 1: drafts must be texts"),
        (1, {"events": "3"}, "line 1: schema and events"),
        (1, {"session": "other"}, "line 2: the event belongs to session s1"),
        (4, {"kind": "nonsense"}, "line 4: unknown kind of event 'nonsense'"),
        (4, {"seq": 9}, "line 4: event 9 does not follow event 2"),
        (5, {"at": 1.0}, "line 5: event 4 runs back in time"),
        (4, {"text": 7}, "line 4: text: input should be a valid string"),
        (4, {"mood": "good"}, "line 4: mood is unknown"),
        (12, {"run": {"scenario": "x"}}, r"line 12: run\.\w+ is missing"),
    ],
)
def test_a_broken_line_is_named_with_its_reason(
    store: SessionStore, exported: str, line: int, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(ImportRejected, match=reason) as caught:
        import_session(store, broken(exported, line, **changes), where="f")
    assert str(caught.value).startswith("f: line ")
    assert store.sessions() == ()


def test_all_broken_lines_are_told_at_once(store: SessionStore, exported: str) -> None:
    text = broken(broken(exported, 4, mood=1), 6, seq="x")
    with pytest.raises(ImportRejected) as caught:
        import_session(store, text, where="f")
    assert "line 4: mood is unknown" in str(caught.value)
    assert "line 6: seq: " in str(caught.value)


@pytest.mark.parametrize("cut", [0.0, 0.02, 0.3, 0.6, 0.95, 0.999])
def test_a_file_cut_short_anywhere_is_rejected(store: SessionStore, exported: str, cut: float) -> None:
    with pytest.raises(ImportRejected, match="line"):
        import_session(store, exported[: int(len(exported) * cut)], where="f")
    assert store.sessions() == ()


def test_a_file_cut_at_a_line_end_is_rejected(store: SessionStore, exported: str) -> None:
    short = "\n".join(exported.split("\n")[:6]) + "\n"
    with pytest.raises(ImportRejected, match="ends after 5 of"):
        import_session(store, short, where="f")


def test_a_session_of_the_disk_moves_to_another_disk(tmp_path: Path, exported: str, log_of: LogMaker) -> None:
    one, two = SqliteStore(tmp_path / "one"), SqliteStore(tmp_path / "two")
    import_session(one, exported, where="f")
    import_session(two, "".join(export_session(one, "s1")), where="g")
    assert two.events("s1") == log_of()
    one.close()
    two.close()
