"""One short interview in the real program, in a pseudo-terminal, read as a person would read it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pexpect
import pyte
import pytest

F4, F5, F8 = "\x1bOS", "\x1b[15~", "\x1b[19~"
ENTER, CTRL_Q = "\r", "\x11"
CODE = "import numpy as np\rt, p = np.asarray(y_true, float), np.asarray(y_pred, float)\r"


# A size in the environment, as a test runner may set it, outweighs the terminal's own.
_UNSET = ("NO_COLOR", "EDITOR", "VISUAL", "COLUMNS", "LINES")


class Terminal:
    """A terminal of 120×40 with the program in it."""

    def __init__(self, home: Path, *arguments: str, size: tuple[int, int] = (40, 120)) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in _UNSET}
        environment |= {"INTERVIEWER_HOME": str(home), "TERM": "xterm-256color"}
        self.screen = pyte.Screen(size[1], size[0])
        self._stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            sys.executable, ["-m", "interviewer", *arguments], env=environment, dimensions=size, timeout=60
        )

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self) -> None:
        with suppress(pexpect.TIMEOUT):
            self._stream.feed(self.child.read_nonblocking(65536, timeout=0.05))

    def until(self, true: Callable[[], bool], seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"waited {seconds} s in vain on\n{self.text}"
            try:
                self.read()
            except pexpect.EOF:
                assert true(), f"the program ended on\n{self.text}"

    def sees(self, words: str) -> None:
        """Wait for words, and then until the screen has come to rest, as a reader does."""
        self.until(lambda: words in self.text)
        still = 0
        while still < 6:
            before = self.text
            self.read()
            still = still + 1 if self.text == before else 0

    def type(self, text: str) -> None:
        self.child.send(text)

    def end(self) -> int:
        """Wait for the program to end; its exit code."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                self.read()
            except pexpect.EOF:
                break
        self.child.close()
        status = self.child.exitstatus
        assert isinstance(status, int)
        return status


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def open_terminal(*arguments: str) -> Terminal:
        terminal = Terminal(tmp_path, *arguments)
        opened.append(terminal)
        return terminal

    yield open_terminal
    for terminal in opened:
        terminal.child.close(force=True)


def test_an_interview_from_hello_to_the_report(terminals: Callable[..., Terminal]) -> None:
    terminal = terminals()
    terminal.sees("start here")
    terminal.type(ENTER)
    terminal.sees("Interviewer F3")
    terminal.sees("▎ Interviewer")
    terminal.type("What if the arrays are empty?" + ENTER)
    terminal.sees("ValueError")
    terminal.type(F8)
    terminal.sees("Leave clarify for outline?")
    terminal.type(ENTER)
    terminal.sees(" Outline ─")
    terminal.type(F4)
    # The cursor waits behind the docstring; Enter opens the next line at the right depth.
    terminal.type(ENTER + CODE + "return float(((t - p) ** 2).mean()), float(((t - p) ** 2).mean() ** 0.5)")
    terminal.type(F5)
    terminal.sees("✓ 2/2 passed")
    terminal.type("\x1bOR/end" + ENTER)
    terminal.sees("End the interview?")
    terminal.type(ENTER)
    terminal.sees("How did it go?")
    terminal.type(ENTER)
    terminal.sees("1 Ratings")
    terminal.sees("Technical skills")
    terminal.type(CTRL_Q)
    assert terminal.end() == 0


def test_a_killed_program_loses_no_keystroke(terminals: Callable[..., Terminal]) -> None:
    terminal = terminals("start", "mse_rmse", "--seed", "1")
    terminal.sees("▎ Interviewer")
    terminal.type(F4)
    terminal.type(ENTER + "x = 41 + 1")
    terminal.sees("x = 41 + 1")
    terminal.type("\x1bORa half-written sen")
    terminal.sees("a half-written sen")
    terminal.sees("✓ saved")
    # The mark and the last key may cross. A quarter of a second is the promise of a free machine.
    time.sleep(2.0)
    os.kill(terminal.child.pid, signal.SIGKILL)
    again = terminals("resume")
    again.sees("a half-written sen")
    again.sees("x = 41 + 1")
    again.type(CTRL_Q)
    assert again.end() == 0


def test_an_unknown_scenario_is_one_line_and_code_two(terminals: Callable[..., Terminal]) -> None:
    terminal = terminals("start", "kmeens_lloyd")
    assert terminal.end() == 2
    assert "did you mean kmeans_lloyd?" in " ".join(terminal.text.split())
