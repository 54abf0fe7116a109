"""From a key to its paint: our editor in the full interview screen beside a bare TextArea, in one run.

Both get the same Python text of 60, 200 and 500 lines and the same letters, one at a time, each waited
for until the screen has been painted again. Prints p50 and p95 in milliseconds and the ratio.

    python tests/benchmarks/bench_keys.py [letters]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import TextArea

from interviewer.cli.compose import Home, compose
from interviewer.config import places
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.start import StartRequest
from interviewer.tui.widgets.editor import CodeEditor

SIZES = (60, 200, 500)


class Bare(App[None]):
    """One text area and nothing else."""

    def compose(self) -> ComposeResult:
        """The text area."""
        yield TextArea(language="python", show_line_numbers=True, soft_wrap=False)


async def typed(pilot: Pilot[None], area: TextArea, lines: int, letters: int) -> list[float]:
    """Milliseconds from each key to the paint that shows it."""
    area.text = "\n".join(f"    total_{n} = values[{n}] + 1  # line {n}" for n in range(lines))
    area.move_cursor((lines // 2, 4))
    area.focus()
    await pilot.pause(0.5)
    taken = []
    for _ in range(letters):
        begun = time.perf_counter()
        await pilot.press("x")
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


async def measure(letters: int) -> None:
    """Run both and print the table."""
    bare: dict[int, list[float]] = {}
    ours: dict[int, list[float]] = {}
    app = Bare()
    async with app.run_test(size=(120, 40)) as pilot:
        for lines in SIZES:
            bare[lines] = await typed(pilot, app.screen.query_one(TextArea), lines, letters)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(places({"INTERVIEWER_HOME": str(Path(folder))}))
        full = InterviewerApp(lambda: compose(home), StartRequest(scenario="kmeans_lloyd", seed=1))
        async with full.run_test(size=(120, 40)) as pilot:
            while not isinstance(full.screen, InterviewScreen):
                await pilot.pause(0.05)
            await pilot.pause(2)
            for lines in SIZES:
                ours[lines] = await typed(pilot, full.screen.query_one(CodeEditor), lines, letters)
            await full.run_action("leave")
        full.service.close()
    for lines in SIZES:
        a, b = statistics.quantiles(bare[lines], n=20), statistics.quantiles(ours[lines], n=20)
        print(
            f"{lines:>4} lines   bare p50 {a[9]:6.1f} p95 {a[18]:6.1f} ms   "
            f"interview p50 {b[9]:6.1f} p95 {b[18]:6.1f} ms   ratio {b[9] / a[9]:.2f}"
        )


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
