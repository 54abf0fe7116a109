"""Whole interviews line by line, through the real command."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


def test_a_whole_interview_ends_in_a_report(play: Command, cli: Command, right_solution: str) -> None:
    ran = play(
        "What does X look like?\n/wait 60s\nWhat happens if a cluster loses all its points?\n/next\n"
        "First I assign each row to the nearest centroid, then I move each centroid to the mean.\n/next\n"
        f"/code\n{right_solution}.\n/test\n/submit\n/end\n4 3 2 -\n"
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert "interviewer: X is a NumPy array of shape (n, d)" in ran.stdout
    assert "Move its centroid onto the point that is farthest" in ran.stdout
    assert "test two_pairs: passed" in ran.stdout
    assert "tests: 3 of 3 passed" in ran.stdout
    assert "tests: 20 of 20 passed" in ran.stdout
    assert "test hidden edge 1: passed" in ran.stdout
    # No hidden test is named before the report.
    assert "dead_centroid_moves" not in ran.stdout
    listed = json.loads(cli("history", "--json").stdout)
    assert len(listed) == 1
    assert listed[0]["ended"] is True
    assert listed[0]["overall"]
    report = json.loads(cli("report", "--format", "json").stdout)
    assert report["scenario"] == "kmeans_lloyd"
    assert set(report["signals"]) == {
        "problem_understanding", "technical_skills", "rationale", "communication"
    }  # fmt: skip


def test_a_script_replays_to_the_same_transcript(play: Command, right_solution: str) -> None:
    script = (
        "/wait 20s\nWhat about empty clusters?\n/hint\n/next\n/wait 3m\nI loop over the rows.\n/next\n"
        f"/code\n{right_solution}.\n/test\n/wait 50m\n\n"
    )
    one, two = play(script), play(script)
    assert one.returncode == two.returncode == 0
    assert "rate yourself" in one.stdout

    def transcript(ran: Ran) -> str:
        text = re.sub(r"\b[0-9a-f]{8}\b|20\d\d-\d\d-\d\d[T ][\d:]+Z?", "*", ran.stdout)
        return re.sub(r"\d+(\.\d+)? ms", "*", text)

    assert transcript(one) == transcript(two)


def test_input_that_ends_leaves_the_session_to_be_resumed(play: Command, cli: Command) -> None:
    left = play("What does X look like?\n/code\nimport numpy as np\nx = 1\n")
    assert left.returncode == 0
    assert "code: 2 lines taken" in left.stdout
    found = re.search(r"Go on with: interviewer resume (\w+) --plain", left.stdout)
    assert found
    again = cli("resume", found[1], "--plain", "--clock", "simulated", stdin="/show\n/wait 5s\n/end\n\n")
    assert again.returncode == 0, again.stderr
    assert "2: x = 1" in again.stdout
    [listed] = json.loads(cli("history", "--json").stdout)
    assert listed["session"] == found[1]
    assert listed["ended"] is True
    # It cannot be resumed a third time, and says where to look.
    third = cli("resume", found[1], "--plain")
    assert (third.returncode, third.stdout) == (1, "")
    assert f"interviewer report {found[1]}" in third.stderr


def test_quitting_keeps_the_session_too(play: Command) -> None:
    ran = play("/quit\nnever read\n")
    assert ran.returncode == 0
    assert "The session is kept." in ran.stdout
    assert "never read" not in ran.stdout


def test_the_end_of_input_can_mean_the_end(play: Command) -> None:
    ran = play("What does X look like?\n", "--end-at-eof")
    assert ran.returncode == 0
    assert "you ended the interview" in ran.stdout


def test_a_typo_is_not_said_to_the_interviewer(play: Command, cli: Command) -> None:
    ran = play("/hnit\n/next nowhere\n/wait soon\n/report\n")
    assert "there is no /hnit; did you mean /hint?" in ran.stdout
    assert "no phase 'nowhere'" in ran.stdout
    assert "'soon' is no length of time" in ran.stdout
    assert "there is no report yet" in ran.stdout
    log = cli("export").stdout
    assert "candidate_said" not in log


def test_waiting_needs_the_simulated_clock(cli: Command) -> None:
    ran = cli("start", "kmeans_lloyd", "--plain", stdin="/wait 5s\n/time\n")
    assert "start with --clock simulated" in ran.stdout
    assert "of 45:00" in ran.stdout


def test_zero_minutes_are_untimed(cli: Command) -> None:
    ran = cli(
        "start", "kmeans_lloyd", "--plain", "--minutes", "0", "--clock", "simulated",
        stdin="/wait 2m\n/time\n",
    )  # fmt: skip
    assert "time: 2:00, untimed" in ran.stdout


def test_notices_come_when_they_are_due(play: Command) -> None:
    # Whoever says nothing for long is asked, and then left.
    waiting = "/wait 3m\nI am still thinking about the empty groups.\n" * 13
    ran = play(waiting + "/time\n/wait 65s\nSoon.\n/wait 3m\nNow.\n/wait 3m\n\n")
    before, _, after = ran.stdout.partition("time: 39:00 of 45:00, 6:00 left")
    assert "four fifths of the time are gone; 9:00 left" in before
    assert "note: 5:00 left" not in before
    assert "note: 5:00 left" in after
    assert "time is up: the interview has ended" in after


def test_code_that_cannot_be_run_in_a_format_is_said(play: Command) -> None:
    ran = play("/test\n", "--format", "google")
    assert "In this format code cannot be run" in ran.stdout
    assert "note: code cannot be run in the google format" in ran.stdout


def test_code_comes_from_a_file_that_is_edited_elsewhere(
    cli: Command, tmp_path: Path, right_solution: str
) -> None:
    file = tmp_path / "mine.py"
    left = cli("start", "kmeans_lloyd", "--plain", "--file", file, stdin="/quit\n")
    assert left.returncode == 0
    assert "def kmeans" in file.read_text()
    file.write_text(right_solution)
    ran = cli("resume", "--plain", "--file", file, stdin="/test\n")
    assert "tests: 3 of 3 passed" in ran.stdout


def test_a_file_that_is_no_text_is_refused_before_a_session_begins(cli: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_bytes(b"\xff\xfe\x00")
    ran = cli("start", "kmeans_lloyd", "--plain", "--file", file)
    assert ran.returncode == 2
    assert "is not UTF-8 text" in ran.stderr
    assert cli("history", "--json").stdout.strip() == "[]"


def test_the_last_hint_tells_its_cost_before_it_is_taken(play: Command) -> None:
    ran = play(
        "My plan: assign rows to centroids, then move the centroids to their means.\n/hint\n"
        "/code\nx = 1\n.\n/hint\n/code\nx = 2\n.\n/hint\n/time\n/hint\n"
    )
    assert "note: hint 3 of 3 costs: technical skills can be at most strong." in ran.stdout
    told, _, rest = ran.stdout.partition("type /hint again to take it")
    assert "Hint 3 of 3" not in told
    assert "Hint 3 of 3" in rest


def test_nothing_a_terminal_would_obey_comes_out(play: Command) -> None:
    ran = play("/code\nprint('\\x1b[31mred\\x07')\n.\n/run\nI say \x1b]0;title\x07 this\n/show\n")
    assert "\x1b" not in ran.stdout
    assert "\x07" not in ran.stdout


def test_bytes_that_are_no_text_do_not_end_the_session(cli: Command, home: object) -> None:
    import os
    import sys

    ran = subprocess.run(
        [sys.executable, "-m", "interviewer", "start", "kmeans_lloyd", "--plain"],
        input=b"caf\xe9 and \xff\xfe?\n/quit\n", capture_output=True,
        env={**os.environ, "INTERVIEWER_HOME": str(home)}, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_without_a_scenario_the_one_that_is_due_is_held(cli: Command) -> None:
    ran = cli("start", "--plain", stdin="/quit\n")
    assert "Warm-up" in ran.stdout.splitlines()[0]


def test_a_model_that_cannot_be_reached_leaves_the_interview_to_the_built_in_interviewer(
    cli: Command, home: Path
) -> None:
    home.mkdir()
    # Nothing listens on the discard port.
    (home / "config.toml").write_text(
        '[models.mine]\nbase_url = "http://127.0.0.1:9/v1"\nmodel = "m"\nretries = 0\n'
    )
    ran = cli(
        "start", "kmeans_lloyd", "--plain", "--model", "mine", "--clock", "simulated",
        stdin="What happens if a cluster loses all its points?\n/quit\n",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "cannot be reached" in ran.stdout
    assert "Move its centroid onto the point that is farthest" in ran.stdout
    again = cli("resume", "--plain", stdin="/quit\n")
    assert again.returncode == 0, again.stderr
    tested = cli("models", "test", "mine")
    assert tested.returncode == 1
    assert "mine" in tested.stdout or "does not answer" in tested.stdout


def test_a_model_without_its_key_says_how_to_set_it(cli: Command) -> None:
    ran = cli("start", "kmeans_lloyd", "--plain", "--model", "openai", env={"OPENAI_API_KEY": ""})
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "interviewer keys set openai" in ran.stderr
    assert cli("history", "--json").stdout.strip() == "[]"
