"""A dozen states as text grids, compared with stored ones.

    python -m pytest tests/tui/test_snapshots.py --update-snapshots

writes them anew; look at the difference before committing it.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from interviewer.tui.start import StartRequest

FOLDER = Path(__file__).parent / "snapshots"
SIZES = {"small": (80, 24), "medium": (120, 40), "large": (200, 50)}
_VARIES = (
    (re.compile(r"\d+ ms *"), "N ms "),
    (re.compile(r"sandbox: [^·\n│]*?(?=  |$)", re.MULTILINE), "sandbox: STATE"),
    # The ends of a scrollbar fall between two rows.
    (re.compile("[\u2581-\u2588]"), " "),
)

Step = Callable[[Any], Awaitable[None]]


async def home(play: Any) -> None:
    await play.until(lambda: "New here?" in play.screen_text)
    # The list of scenarios grows; its first screen is about one of them.
    await play.pilot.press(*"warm-up")
    await play.until(lambda: "1 of" in play.screen_text)


async def opening(play: Any) -> None:
    await play.until(lambda: "▎ Interviewer" in play.said)


async def after_a_run(play: Any) -> None:
    await play.say("What if the arrays are empty?")
    await play.until(lambda: "ValueError" in play.said)
    play.editor.text = "def mse_rmse(y_true, y_pred):\n    return 1.0, 1.0\n"
    await play.pilot.press("f5")
    await play.until(lambda: "1/2 passed" in play.screen_text or "0/2 passed" in play.screen_text)
    await play.until(lambda: not play.interview.speaking)


async def report(play: Any) -> None:
    await after_a_run(play)
    await play.say("/end")
    await play.until(lambda: "End the interview?" in play.screen_text)
    await play.pilot.press("enter")
    await play.until(lambda: "How did it go?" in play.screen_text)
    await play.pilot.press("escape")
    await play.until(lambda: "1 Ratings" in play.screen_text)


STATES: dict[str, tuple[bool, Step]] = {
    "home": (False, home),
    "opening": (True, opening),
    "after_a_run": (True, after_a_run),
    "report": (True, report),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
async def test_the_screen_looks_as_before(
    state: str, size: str, still: Any, warm_up: StartRequest, request: pytest.FixtureRequest
) -> None:
    started, step = STATES[state]
    async with still.open(warm_up if started else None, size=SIZES[size]) as play:
        await step(play)
        await play.until(lambda: not started or state == "report" or "✓ saved" in play.screen_text)
        # Where a name of the catalogue's size stands, the number goes.
        seen = re.sub(r"1 of \d+ ─*", "1 of N ", play.screen_text)
    for pattern, word in _VARIES:
        seen = pattern.sub(word, seen)
    path = FOLDER / f"{state}-{size}.txt"
    if request.config.getoption("--update-snapshots"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen + "\n", encoding="utf-8")
    assert seen + "\n" == path.read_text(encoding="utf-8")
