"""Every command as it is typed, with good input."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]

SCENARIOS = Path(__file__).parents[2] / "scenarios"
HEAVY = {"openai", "langchain", "langchain_core", "tiktoken", "numpy", "textual", "pydantic"}


def test_help_imports_nothing_heavy(home: Path) -> None:
    code = (
        "import sys\nfrom interviewer.cli.app import main\nmain(['--help'])\n"
        "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "Usage: interviewer" in ran.stdout
    assert not HEAVY & set(ran.stderr.split())


def test_the_way_to_the_screen_composes_without_anything_heavy(home: Path) -> None:
    code = (
        "import sys\nfrom interviewer.cli.compose import compose, open_home\n"
        "service = compose(open_home())\nservice.ports.store.sessions()\nservice.ports.library.index()\n"
        "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60,
        env={"INTERVIEWER_HOME": str(home)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert not (HEAVY - {"pydantic"}) & set(ran.stdout.split())


def test_the_version(cli: Command) -> None:
    from interviewer import __version__

    assert cli("--version").stdout == f"interviewer {__version__}\n"


def test_without_a_terminal_the_line_based_session_is_offered(cli: Command) -> None:
    for arguments, offer in (
        ((), "interviewer start --plain"),
        (("start", "kmeans_lloyd"), "interviewer start --plain"),
        (("resume", "abc"), "interviewer resume abc --plain"),
    ):
        ran = cli(*arguments)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr.count("\n") == 1
        assert "no terminal" in ran.stderr
        assert offer in ran.stderr


def test_scenarios_as_json(cli: Command) -> None:
    listed = json.loads(cli("scenarios", "--json").stdout)
    [kmeans] = [one for one in listed if one["id"] == "kmeans_lloyd"]
    assert kmeans == {
        "id": "kmeans_lloyd", "title": "K-means from scratch", "kind": "coding", "question_type": "algorithm",
        "patterns": ["components", "shapes", "sanity_checks"], "level": "mid", "minutes": 45,
    }  # fmt: skip
    assert "kmeans_lloyd" in cli("scenarios").stdout


def test_run_says_what_passes(cli: Command) -> None:
    ran = cli("run", "kmeans_lloyd", SCENARIOS / "kmeans_lloyd" / "reference.py")
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[-1] == "tests: 3 of 3 passed"


def test_run_as_json_hides_what_is_hidden(cli: Command) -> None:
    mutant = SCENARIOS / "kmeans_lloyd" / "mutants" / "ties_high.py"
    ran = cli("run", "kmeans_lloyd", mutant, "--hidden", "--json", "--seed", "5")
    assert ran.returncode == 1
    document = json.loads(ran.stdout)
    assert {
        "scenario",
        "seed",
        "verdict",
        "passed",
        "total",
        "tests",
        "misconception",
        "sandbox",
        "ms",
    } <= set(document)
    assert document["seed"] == 5
    assert document["verdict"] == "failed"
    assert document["passed"] < document["total"] == len(document["tests"])
    assert set(document["tests"][0]) == {"name", "tier", "hidden", "verdict", "message", "line", "ms"}
    hidden = [test for test in document["tests"] if test["hidden"]]
    assert hidden
    assert all(test["name"].startswith(f"hidden {test['tier']} ") for test in hidden)
    assert "tie_goes_low" not in ran.stdout
    assert document["recognised"]["mutant"] == "ties_high"
    assert document["misconception"]


def test_run_reveals_when_told(cli: Command) -> None:
    mutant = SCENARIOS / "kmeans_lloyd" / "mutants" / "empty_nan.py"
    ran = cli("run", "kmeans_lloyd", mutant, "--reveal")
    assert ran.returncode == 1
    assert "test empty_cluster: failed" in ran.stdout


def test_run_points_at_the_line_that_is_wrong(cli: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("import numpy as np\n\ndef kmeans(X, k:\n    return 1\n")
    ran = cli("run", "kmeans_lloyd", file)
    assert ran.returncode == 1
    assert "line 3" in ran.stdout


def test_check_proves_a_scenario(cli: Command) -> None:
    ran = cli("check", "mse_rmse", "--json")
    assert ran.returncode == 0, ran.stdout
    document = json.loads(ran.stdout)
    assert document["ok"] is True
    assert document["scenarios"]["mse_rmse"]["problems"] == []
    assert len(document["scenarios"]["mse_rmse"]["mutants"]) >= 8
    again = cli("check", "mse_rmse", "--matrix")
    assert "1 of 1 scenarios hold" in again.stdout
    assert "mutants, unchanged" in again.stdout
    assert "unchanged" not in cli("check", "mse_rmse", "--afresh").stdout


def test_a_new_scenario_passes_its_check_and_a_broken_one_tells_every_problem(
    cli: Command, tmp_path: Path
) -> None:
    made = cli("new", "scenario", "my_first", "--into", tmp_path / "pack" / "scenarios")
    assert made.returncode == 0, made.stderr
    pack = tmp_path / "pack"
    assert f"--content {pack}" in made.stdout
    assert cli("check", "my_first", "--content", pack).returncode == 0
    assert "my_first" in cli("scenarios", "--content", pack).stdout
    toml = pack / "scenarios" / "my_first" / "scenario.toml"
    toml.write_text(
        toml.read_text().replace("minutes = 30", "minuets = 30").replace('level = "', 'level = "x')
    )
    ran = cli("check", "my_first", "--content", pack)
    assert ran.returncode == 1
    assert "my_first/scenario.toml: minuets" in ran.stdout
    assert "did you mean minutes?" in ran.stdout
    assert "level" in ran.stdout


def test_history_and_plan_of_somebody_new(cli: Command) -> None:
    assert "no sessions yet" in cli("history").stdout
    assert cli("history", "--json").stdout.strip() == "[]"
    plan = json.loads(cli("plan", "--json").stdout)
    assert plan["due"] == "mse_rmse"
    assert [block["days"] for block in plan["blocks"]] == [[n, n + 1] for n in range(1, 14, 2)]
    assert "due: interviewer start mse_rmse" in cli("plan").stdout


def test_doctor_tells_what_works(cli: Command, home: Path) -> None:
    ran = cli("doctor", "--json")
    document = json.loads(ran.stdout)
    assert document["ok"] is (ran.returncode == 0)
    states = {finding["id"]: finding["state"] for finding in document["findings"]}
    assert states["python"] == states["data_folder"] == states["store"] == states["executor"] == "on"
    assert states["terminal"] == "off"
    assert any(name.startswith("sandbox.") for name in states)


def test_doctor_goes_on_past_what_is_broken(cli: Command, home: Path) -> None:
    home.write_text("a file where the folder should be")
    ran = cli("doctor", "--json")
    assert ran.returncode == 1
    findings = {finding["id"]: finding for finding in json.loads(ran.stdout)["findings"]}
    assert findings["data_folder"]["state"] == "problem"
    assert "INTERVIEWER_HOME" in findings["data_folder"]["remedy"]
    assert findings["executor"]["state"] == "on"


def test_a_session_travels_to_another_home(play: Command, cli: Command, tmp_path: Path) -> None:
    play("What does X look like?\n/end\n\n")
    file = tmp_path / "session.jsonl"
    assert cli("export", "-o", file).returncode == 0
    elsewhere = {"INTERVIEWER_HOME": str(tmp_path / "other")}
    first = cli("import", file, env=elsewhere)
    assert (first.returncode, first.stderr) == (0, "")
    assert "imported" in first.stdout
    assert "here already" in cli("import", file, env=elsewhere).stdout
    assert cli("export", env=elsewhere).stdout == file.read_text()


def test_rating_again_shows_what_changed(play: Command, cli: Command) -> None:
    play("What does X look like?\n/end\n\n")
    ran = cli("score", "--diff")
    assert ran.returncode == 0, ran.stderr
    assert "Decision:" in ran.stdout
    assert "Nothing changed." in ran.stdout
    document = json.loads(cli("score", "--json", "--diff").stdout)
    assert document["diff"]["same"] is True
    assert document["signals"]


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_reports_in_every_format(play: Command, cli: Command, tmp_path: Path, form: str) -> None:
    play("What does X look like?\n/end\n\n")
    printed = cli("report", "--format", form)
    assert printed.returncode == 0, printed.stderr
    file = tmp_path / "report"
    assert cli("report", "--format", form, "-o", file).returncode == 0
    assert file.read_text(encoding="utf-8") == printed.stdout


def test_keys_are_stored_for_their_owner_only(cli: Command, home: Path) -> None:
    ran = cli("keys", "set", "openai", stdin="sk-secret-of-mine\n")
    assert ran.returncode == 0, ran.stderr
    assert "sk-secret" not in ran.stdout + ran.stderr
    assert (home / "keys.toml").stat().st_mode & 0o777 == 0o600
    listed = {one["name"]: one for one in json.loads(cli("models", "--json").stdout)}
    assert listed["openai"]["key"] == "stored"
    assert cli("keys", "remove", "openai").returncode == 0
    assert cli("keys", "remove", "openai").returncode == 2


def test_the_demo_plays_a_whole_interview(cli: Command) -> None:
    ran = cli("demo")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert "you: What should I do if a cluster loses all its points?" in ran.stdout
    assert "tests: 20 of 20 passed" in ran.stdout
    for phase in ("Clarify", "Outline", "Implement", "Test"):
        assert f"phase: {phase}" in ran.stdout
    # It leaves nothing behind unless told to.
    assert cli("history", "--json").stdout.strip() == "[]"
    assert cli("demo", "--keep").returncode == 0
    assert len(json.loads(cli("history", "--json").stdout)) == 1
