"""The real command, in a process of its own, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interviewer.cli.compose import Home, open_home
from interviewer.executor import LocalExecutor

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="module")
def executor() -> Iterator[LocalExecutor]:
    """One for all interviews of a file that are played in this process."""
    with LocalExecutor() as made:
        made.warm()
        yield made


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An installation without settings, opened in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWER_HOME", str(tmp_path_factory.mktemp("home")))
        return open_home()


@pytest.fixture
def cli(home: Path, tmp_path: Path) -> Command:
    """Runs `interviewer ARGUMENTS` and returns code, stdout and stderr; `stdin` is the input's text."""

    def run(*arguments: str | Path, stdin: str = "", env: dict[str, str] | None = None) -> Ran:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("COV_", "INTERVIEWER"))}
        environment |= {"INTERVIEWER_HOME": str(home), **(env or {})}
        return subprocess.run(
            [sys.executable, "-m", "interviewer", *map(str, arguments)],
            input=stdin, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=tmp_path,
            timeout=110,
        )  # fmt: skip

    return run


RIGHT = (Path(__file__).parents[2] / "scenarios" / "kmeans_lloyd" / "reference.py").read_text(
    encoding="utf-8"
)


@pytest.fixture
def right_solution() -> str:
    return RIGHT


@pytest.fixture
def play(cli: Command) -> Command:
    """Holds a k-means session line by line on a simulated clock, seed 3."""

    def hold(lines: str, *flags: str) -> Ran:
        return cli(
            "start", "kmeans_lloyd", "--plain", "--clock", "simulated", "--seed", "3", *flags, stdin=lines
        )

    return hold
