"""The user's own editor for the code."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported


def command() -> list[str]:
    """The editor's command line from $VISUAL or $EDITOR; empty when neither is set."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")


def edit(app: App[None], text: str) -> str | None:
    """Let the user edit `text` in their editor; None, with a notice, when that is not possible."""
    argv = command()
    if not argv:
        app.notify("Set $EDITOR to use your own editor, for example EDITOR=vim.", severity="warning")
        return None
    if app.is_web:
        app.notify("Your own editor cannot open in a browser.", severity="warning")
        return None
    with tempfile.TemporaryDirectory(prefix="interviewer-") as folder:
        path = Path(folder) / "solution.py"
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                done = subprocess.run([*argv, str(path)], check=False)
        except SuspendNotSupported:
            app.notify("Your own editor cannot open in this terminal.", severity="warning")
            return None
        except OSError as error:
            app.notify(f"{argv[0]}: {error.strerror}", severity="warning", markup=False)
            return None
        finally:
            app.refresh(layout=True)
        if done.returncode:
            app.notify(f"{argv[0]} ended with {done.returncode}; the code is unchanged.", markup=False)
            return None
        return path.read_text(encoding="utf-8", errors="replace").rstrip("\n") + "\n"
