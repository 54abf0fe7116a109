"""First paint of the screen interface beside the smallest Textual app, in the same run.

Each is started as a fresh process in a pseudo-terminal; the time runs from the start of the process
until its text is on the terminal. The processor time until the app is ready is printed too: it is
steadier where other programs run. Fails above 0.5 s or 1.3 times in the best of all rounds.

Both find their modules compiled, as from the second start on: compiling the libraries at every start,
which an environment can ask for, would drown the difference.

    python tests/benchmarks/bench_first_paint.py [rounds]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pexpect

LIMIT_SECONDS, LIMIT_RATIO = 0.5, 1.3
READY = """
    def on_ready(self):
        import os, pathlib, time
        pathlib.Path(os.environ["BENCH_CPU"]).write_text(str(time.process_time()))
"""
MINIMAL = f"""
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("a minimal app")
{READY}
Minimal().run()
"""
OURS = f"""
from interviewer.cli.compose import compose, open_home
from interviewer.tui.app import InterviewerApp
class Ours(InterviewerApp):
{READY}
Ours(lambda: compose(open_home())).run()
"""


@dataclass(frozen=True)
class Paint:
    """Seconds until the first text: on the wall clock, and of the processor."""

    wall: float
    cpu: float


def first_paint(program: str, text: str, home: str) -> Paint:
    """Start `program`, wait for `text` on its terminal, and end it."""
    cpu = Path(home) / "cpu"
    environment = {**os.environ, "INTERVIEWER_HOME": home, "BENCH_CPU": str(cpu)}
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment |= {"PYTHONPYCACHEPREFIX": str(Path(home) / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    cpu.unlink(missing_ok=True)
    begun = time.perf_counter()
    child = pexpect.spawn(sys.executable, ["-c", program], env=environment, dimensions=(40, 120), timeout=30)
    child.expect_exact(text)
    taken = time.perf_counter() - begun
    while not (cpu.is_file() and cpu.read_text()):
        time.sleep(0.01)
    child.sendcontrol("q")
    child.expect(pexpect.EOF)
    child.close()
    return Paint(taken, float(cpu.read_text()))


def main() -> int:
    """Measure in turns, so that both see the same noise; returns the exit code."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    minimal, ours = [], []
    with tempfile.TemporaryDirectory() as home:
        for program, text in ((MINIMAL, "a minimal app"), (OURS, "mock interviews")):
            first_paint(program, text, home)
        for _ in range(rounds):
            minimal.append(first_paint(MINIMAL, "a minimal app", home))
            ours.append(first_paint(OURS, "mock interviews", home))
    shown = []
    for kind in ("wall", "cpu"):
        small = [getattr(paint, kind) for paint in minimal]
        own = [getattr(paint, kind) for paint in ours]
        ratio = min(own) / min(small)
        shown.append((min(own), ratio))
        print(
            f"{kind:<5} minimal median {statistics.median(small):.3f} s best {min(small):.3f} s   "
            f"interviewer median {statistics.median(own):.3f} s best {min(own):.3f} s   "
            f"ratio of medians {statistics.median(own) / statistics.median(small):.2f}, of bests {ratio:.2f}"
        )
    best, ratio = shown[0]
    good = best <= LIMIT_SECONDS and ratio <= LIMIT_RATIO
    print(f"limits: {LIMIT_SECONDS} s and {LIMIT_RATIO} x on the best round: {'kept' if good else 'broken'}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
