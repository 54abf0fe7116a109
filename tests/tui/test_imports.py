"""The first paint costs only what it shows: checked in a process of its own."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("openai", "langchain", "langchain_core", "tiktoken", "numpy", "pydantic", "jinja2", "psutil")
PAINT = """
import asyncio, sys
from interviewer.tui.app import InterviewerApp

def never():
    raise AssertionError("the service was made before the first paint")

async def main():
    app = InterviewerApp(never)
    app._load = lambda: None
    async with app.run_test() as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert any("interviewer" in strip.text for strip in strips)
        print(",".join(name for name in sys.argv[1:] if name in sys.modules))
        print("textual.widgets._text_area" in sys.modules)

asyncio.run(main())
"""


def test_first_paint_imports_nothing_heavy_and_mounts_no_editor() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PAINT, *HEAVY], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    heavy, editor = done.stdout.splitlines()[-2:]
    assert heavy == ""
    assert editor == "False"
