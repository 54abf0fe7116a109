"""How late the screen interface's own event loop runs while a model interviewer loads and speaks.

    python tests/benchmarks/bench_screen_lag.py [TURNS]

The real application in a pseudo-terminal, on the real client path, with a server in a process of its
own that streams 300 words a reply, 5 ms apart. A timer of 5 ms notes how late it fires: until the model
first speaks (its libraries load meanwhile, in a thread), while it speaks, and for the rest. The bound is
50 ms at the 95th percentile. The peer is the same session with the built-in interviewer, in the same run.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import pexpect

from interviewer.config import places

BOUND_MS = 50.0
WORDS, GAP_MS = 300, 5
LINES = ("What may the lists hold?", "I would loop over both.", "Then divide by n.", "Is that right?")
PROGRAM = """
import asyncio, json, os, pathlib, time
from interviewer.cli.compose import compose, open_home
from interviewer.tui.app import InterviewerApp
from interviewer.tui.start import StartRequest

class Watched(InterviewerApp):
    lags = {"loading": [], "speaking": [], "silent": []}
    spoke = False

    def on_ready(self):
        self._watching = asyncio.create_task(self.watch())

    async def watch(self):
        while True:
            due = time.perf_counter() + 0.005
            await asyncio.sleep(0.005)
            late = (time.perf_counter() - due) * 1000
            speaking = bool(getattr(self.screen, "speaking", False))
            self.spoke = self.spoke or speaking
            self.lags["speaking" if speaking else "silent" if self.spoke else "loading"].append(late)

    async def action_leave(self):
        pathlib.Path(os.environ["BENCH_OUT"]).write_text(json.dumps(self.lags))
        await super().action_leave()

voice = os.environ["BENCH_VOICE"]
Watched(lambda: compose(open_home()), StartRequest(scenario="mse_rmse", interviewer=voice)).run()
"""


def session(home: Path, voice: str, turns: int) -> dict[str, list[float]]:
    """Milliseconds late, by what went on, of a session of so many turns."""
    out = home / f"{voice}.json"
    environment = {**os.environ, "INTERVIEWER_HOME": str(home), "BENCH_OUT": str(out), "BENCH_VOICE": voice}
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONDONTWRITEBYTECODE": ""}
    environment |= {"PYTHONPYCACHEPREFIX": str(home / "compiled")}
    child = pexpect.spawn(sys.executable, ["-c", PROGRAM], env=environment, dimensions=(40, 120), timeout=60)
    ended = threading.Event()

    def read() -> None:
        with suppress(pexpect.EOF, OSError):
            while not ended.is_set():
                with suppress(pexpect.TIMEOUT):
                    child.read_nonblocking(65536, timeout=0.2)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    time.sleep(6.0 if voice == "offline" else 10.0)
    for turn in range(turns):
        child.send(LINES[turn % len(LINES)] + "\r")
        time.sleep(1.0 + WORDS * GAP_MS / 1000 * 1.6)
    child.sendcontrol("q")
    until = time.monotonic() + 20
    while not (out.is_file() and out.stat().st_size) and time.monotonic() < until:
        time.sleep(0.1)
    ended.set()
    reader.join(5)
    child.close(force=True)
    found: dict[str, list[float]] = json.loads(out.read_text())
    return found


def main() -> int:
    """Hold both sessions; returns the exit code."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    serve = [
        sys.executable,
        str(Path(__file__).with_name("bench_llm.py")),
        "--serve",
        str(WORDS),
        str(GAP_MS),
    ]
    with (
        tempfile.TemporaryDirectory() as name,
        subprocess.Popen(serve, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout is not None and server.stdin is not None
        home = Path(name)
        file = places({"INTERVIEWER_HOME": name}).settings
        file.parent.mkdir(parents=True, exist_ok=True)
        url = server.stdout.readline().strip()
        file.write_text(
            f'[models.bench]\npreset = "custom"\nmodel = "m"\nbase_url = "{url}"\n'
            'key_needed = false\ntools = "on"\n'
        )
        session(home, "offline", 0)  # compiles the modules
        peer = session(home, "offline", turns)
        ours = session(home, "bench", turns)
        server.stdin.close()
    busy = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0
    print(f"load per core {busy:.1f}; milliseconds a 5 ms timer of the screen's loop was late")
    good = True
    for label, lags in (("built-in", peer), ("model", ours)):
        for kind, values in lags.items():
            if len(values) < 20:
                print(f"  {label:9} {kind:9} {len(values)} samples")
                good &= label == "built-in"
                continue
            at = statistics.quantiles(values, n=20)[-1]
            good &= label == "built-in" or at <= BOUND_MS
            print(
                f"  {label:9} {kind:9} p50 {statistics.median(values):.1f}  p95 {at:.1f}"
                f"  max {max(values):.0f}  of {len(values)}"
            )
    print(f"bound: p95 {BOUND_MS:.0f} ms with a model: {'kept' if good else 'broken'}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
