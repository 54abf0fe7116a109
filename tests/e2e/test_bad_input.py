"""What is typed, stored or configured wrongly: exit 2, one line with the remedy, nothing lost."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


def refused(ran: Ran, *words: str, lines: int = 1) -> None:
    """Exit 2, nothing on stdout, and `lines` lines on stderr that hold the words."""
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == lines, ran.stderr
    assert "Traceback" not in ran.stderr
    for word in words:
        assert word in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["start", "kmean_loyd", "--plain"], ["no scenario 'kmean_loyd'", "did you mean kmeans_lloyd?"]),
        (["start", "--plain", "--format", "gogle"], ["no format 'gogle'", "did you mean google?"]),
        (["start", "--plain", "--level", "midd"], ["no level 'midd'", "did you mean mid?"]),
        (["start", "--plain", "--model", "offlien"], ["no model 'offlien'"]),
        (["start", "--plain", "--minutes", "-3"], ["-3 minutes", "0 for untimed"]),
        (["start", "--plain", "--minutes", "nan"], ["minutes", "0 for untimed"]),
        (["start", "--plain", "--minutes", "x"], ["--minutes"]),
        (["start", "--plain", "--clock", "simulate"], ["no clock 'simulate'", "did you mean simulated?"]),
        (["start", "--clock", "simulated"], ["--plain"]),
        (["start", "--plain", "--file", "/nowhere/x.py"], ["/nowhere/x.py"]),
        (["strat"], ["strat", "start"]),
        (["start", "--fromat", "google"], ["--fromat", "--format"]),
        (["resume", "zzz", "--plain"], ["no session 'zzz'"]),
        (["resume", "--plain"], ["no unfinished session", "interviewer start"]),
        (["report", "zzz"], ["no session 'zzz'"]),
        (["report", "--format", "pdf"], ["no report format 'pdf'", "md"]),
        (["score", "zzz"], ["no session 'zzz'"]),
        (["export", "zzz"], ["no session 'zzz'"]),
        (["export"], ["no session"]),
        (["import", "nowhere.jsonl"], ["nowhere.jsonl", "cannot be read"]),
        (["run", "kmeans_lloyd", "nowhere.py"], ["nowhere.py", "cannot be read"]),
        (["run", "kmeans", "nowhere.py"], ["did you mean kmeans_lloyd?"]),
        (["check", "kmean_lloyd"], ["did you mean kmeans_lloyd?"]),
        (["new", "scenario", "Bad Name"], ["'Bad Name'"]),
        (["new", "scenaro", "x"], ["did you mean scenario?"]),
        (["new", "scenario", "kmeans_lloyd"], ["already"]),
        (["scenarios", "--content", "/nowhere"], ["/nowhere"]),
        (["keys", "set", "opena"], ["did you mean openai?"]),
        (["keys", "set", "openai"], ["no key was given"]),
    ],
)
def test_what_is_typed_wrongly_is_named_with_the_nearest(
    cli: Command, arguments: list[str], words: list[str]
) -> None:
    refused(cli(*arguments), *words)


def test_settings_with_problems_are_told_all_at_once(cli: Command, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[session]\nformt = 'meta'\nlevel = 'boss'\n")
    refused(
        cli("start", "--plain"), "config.toml: session.formt is unknown; did you mean session.format?",
        "session.level cannot be 'boss'", lines=2,
    )  # fmt: skip


def test_a_model_with_problems_is_told(cli: Command, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[models.mine]\nbase_ulr = 'http://localhost'\n")
    refused(cli("models"), "models.mine.base_ulr", "did you mean base_url?")


@pytest.fixture
def pack(cli: Command, tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    assert cli("new", "scenario", "mine", "--into", folder / "scenarios").returncode == 0
    return folder


def test_a_broken_scenario_of_a_pack_is_told_and_the_rest_works(cli: Command, pack: Path) -> None:
    toml = pack / "scenarios" / "mine" / "scenario.toml"
    toml.write_text(toml.read_text() + "\n[[tests]\n")
    ran = cli("start", "mine", "--plain", "--content", pack)
    assert ran.returncode == 2
    assert "mine/scenario.toml" in ran.stderr
    assert "Traceback" not in ran.stderr
    listed = cli("scenarios", "--json", "--content", pack)
    assert listed.returncode == 0
    assert "kmeans_lloyd" in {one["id"] for one in json.loads(listed.stdout)}
    assert "left out mine" in listed.stderr
    held = cli("start", "kmeans_lloyd", "--plain", "--content", pack, stdin="/quit\n")
    assert held.returncode == 0


def test_a_file_in_place_of_the_data_folder(cli: Command, home: Path) -> None:
    home.write_text("mine")
    for arguments in (["history"], ["start", "kmeans_lloyd", "--plain"], ["plan"], ["export"]):
        refused(cli(*arguments), "INTERVIEWER_HOME")
    assert home.read_text() == "mine"


def test_a_data_folder_nobody_can_write(cli: Command) -> None:
    refused(cli("history", env={"INTERVIEWER_HOME": "/proc/nobody"}), "/proc/nobody", "INTERVIEWER_HOME")


def test_a_database_of_a_newer_program_is_left_alone(play: Command, cli: Command, home: Path) -> None:
    play("Hello.\n")
    raw = sqlite3.connect(home / "sessions.db")
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    for arguments in (["history"], ["resume", "--plain"], ["start", "kmeans_lloyd", "--plain"], ["score"]):
        refused(cli(*arguments), "sessions.db", "newer version", "update interviewer")
    raw = sqlite3.connect(home / "sessions.db")
    raw.execute("PRAGMA user_version = 1")
    raw.close()
    assert len(json.loads(cli("history", "--json").stdout)) == 1


def test_a_damaged_database_is_named(cli: Command, home: Path) -> None:
    home.mkdir()
    (home / "sessions.db").write_bytes(b"not a database " * 100)
    refused(cli("history"), "sessions.db", "damaged", "restore a copy")


def test_a_broken_session_file_is_rejected_whole(play: Command, cli: Command, tmp_path: Path) -> None:
    play("Hello.\n/end\n\n")
    lines = cli("export").stdout.splitlines(keepends=True)
    file = tmp_path / "broken.jsonl"
    file.write_text("".join([*lines[:3], '{"kind": "nonsense"}\n', *lines[4:]]))
    elsewhere = {"INTERVIEWER_HOME": str(tmp_path / "other")}
    ran = cli("import", file, env=elsewhere)
    assert ran.returncode == 2
    assert f"{file}: line 4: unknown kind of event 'nonsense'" in ran.stderr
    assert cli("history", "--json", env=elsewhere).stdout.strip() == "[]"


def test_a_session_that_is_being_held_cannot_be_held_twice(cli: Command, home: Path, play: Command) -> None:
    from interviewer.storage import SqliteStore

    play("Hello.\n")
    store = SqliteStore(home)
    session = store.find("")
    writer = store.open(session)
    refused(cli("resume", session, "--plain"), session, "another process")
    writer.close()
    store.close()


def test_a_report_before_the_end_says_how_to_get_there(play: Command, cli: Command) -> None:
    play("Hello.\n")
    ran = cli("report")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "interviewer resume" in ran.stderr


def test_json_is_the_only_thing_on_stdout_even_when_it_fails(cli: Command) -> None:
    ran = cli("run", "kmeans_lloyd", "nowhere.py", "--json")
    assert (ran.returncode, ran.stdout) == (2, "")


def test_a_fault_of_ours_is_said_and_kept_in_a_file(cli: Command, home: Path, tmp_path: Path) -> None:
    # A package that breaks on import stands for any defect.
    broken = tmp_path / "broken" / "sqlite3.py"
    broken.parent.mkdir()
    broken.write_text("raise RuntimeError('planted')\n")
    ran = cli("history", env={"PYTHONPATH": str(broken.parent)})
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.count("\n") == 1
    assert "this is our fault: RuntimeError: planted" in ran.stderr
    [log] = (home / "logs").iterdir()
    assert str(log) in ran.stderr
    assert "Traceback" in log.read_text()


def test_a_reader_that_has_had_enough_is_no_error(home: Path) -> None:
    import os
    import sys

    ran = subprocess.run(
        f"{sys.executable} -m interviewer scenarios | head -1",
        shell=True, capture_output=True, text=True, timeout=60,
        env={**os.environ, "INTERVIEWER_HOME": str(home)},
    )  # fmt: skip
    assert ran.stderr == ""
