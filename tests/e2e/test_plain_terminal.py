"""The line-based session on a real terminal, and killed in the middle."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


@pytest.fixture
def terminal(home: Path) -> Callable[..., pexpect.spawn]:
    """Starts `interviewer ARGUMENTS` on a pseudo-terminal."""

    def spawn(*arguments: str) -> pexpect.spawn:
        return pexpect.spawn(
            sys.executable, ["-m", "interviewer", *arguments], timeout=30, encoding="utf-8",
            dimensions=(30, 200), env={**os.environ, "INTERVIEWER_HOME": str(home), "TERM": "dumb"},
        )  # fmt: skip

    return spawn


def test_a_person_at_a_terminal_is_prompted_and_can_stop(
    terminal: Callable[..., pexpect.spawn], cli: Command
) -> None:
    child = terminal("start", "kmeans_lloyd", "--plain")
    child.expect("you: ")
    child.sendline("What happens if a cluster loses all its points?")
    child.expect("interviewer: Move its centroid")
    child.expect("you: ")
    child.sendline("/code")
    child.expect("a single dot ends it")
    child.sendline("x = 1")
    child.sendline(".")
    child.expect("code: 1 lines taken")
    child.expect("you: ")
    child.sendintr()
    child.expect(r"Go on with: interviewer resume (\w+) --plain")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "Traceback" not in (child.before or "")
    again = cli("resume", "--plain", stdin="/show\n")
    assert "1: x = 1" in again.stdout


def test_time_is_told_while_nobody_types(terminal: Callable[..., pexpect.spawn]) -> None:
    # A one-minute interview: four fifths are gone after 48 s.
    child = terminal("start", "kmeans_lloyd", "--plain", "--minutes", "1")
    child.expect("you: ")
    child.expect("note: four fifths of the time are gone", timeout=75)
    child.sendline("/end")
    child.expect("rating: ")
    child.sendline("")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_key_is_asked_for_unseen(terminal: Callable[..., pexpect.spawn], home: Path) -> None:
    child = terminal("keys", "set", "openai")
    child.expect(r"Key for openai at https://api\.openai\.com/v1 \(not shown\): ")
    child.sendline("sk-unseen")
    child.expect("stored for")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "sk-unseen" in (home / "keys.toml").read_text()


def test_the_check_draws_its_progress(terminal: Callable[..., pexpect.spawn]) -> None:
    child = terminal("check", "mse_rmse")
    child.expect(r"\[#{30}\] 1/1 mse_rmse", timeout=90)
    child.expect("1 of 1 scenarios hold")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_session_killed_at_any_moment_can_be_resumed_with_all_that_was_answered(
    home: Path, cli: Command
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "interviewer", "start", "kmeans_lloyd", "--plain"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "INTERVIEWER_HOME": str(home)},
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    session = re.match(r"Session (\w+)\.", child.stdout.readline())
    assert session
    child.stdin.write("What happens if a cluster loses all its points?\n/code\ny = 2\n.\n/time\n")
    child.stdin.flush()
    while not child.stdout.readline().startswith("time: "):
        pass
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdin.close()
    child.stdout.close()
    again = cli("resume", session[1], "--plain", stdin="/show\n/quit\n")
    assert again.returncode == 0, again.stderr
    assert "1: y = 2" in again.stdout
    kinds = [json.loads(line).get("kind") for line in cli("export").stdout.splitlines()[1:]]
    assert kinds.count("candidate_said") == 1
    assert kinds.count("fact_disclosed") == 1
    assert kinds.count("session_reopened") == 1


def test_run_watch_runs_again_when_the_file_is_saved(
    terminal: Callable[..., pexpect.spawn], tmp_path: Path, right_solution: str
) -> None:
    file = tmp_path / "mine.py"
    file.write_text("def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):\n    return 1\n")
    child = terminal("run", "kmeans_lloyd", str(file), "--watch")
    child.expect("tests: 0 of 3 passed")
    child.expect("watching")
    file.write_text(right_solution)
    child.expect("tests: 3 of 3 passed")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    # The exit code is the first run's: what the command was started on.
    assert child.exitstatus == 1
