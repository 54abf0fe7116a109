"""Writes `docs/sandbox.md`: what each containment layer buys, measured.

    python tests/contract/executor/table.py

Every attack runs with each set of layers, as an ordinary user and (when run by root) as root.
Takes some minutes; Linux only.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

_spec = importlib.util.spec_from_file_location("executor_battery", Path(__file__).with_name("battery.py"))
assert _spec and _spec.loader
battery: Any = importlib.util.module_from_spec(_spec)
sys.modules["executor_battery"] = battery
_spec.loader.exec_module(battery)

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "sandbox.md"
BEGIN, END = "<!-- generated: table -->", "<!-- end of table -->"
SETS = {
    "none": "none",
    "rlimits": "rlimits",
    "privileges": "privileges",
    "seccomp": "seccomp",
    "Landlock": "landlock",
    "bubblewrap + rlimits": "bubblewrap,rlimits",
    "rlimits + Landlock + seccomp": "rlimits,landlock,seccomp",
    "all but bubblewrap": "privileges,rlimits,landlock,seccomp",
    "all": "all",
}


def measure(layers: str, *, ordinary: bool) -> dict[str, str]:
    """How each attack escaped with these layers."""
    command: list[str] | None = [sys.executable, str(Path(battery.__file__)), "--layers", layers]
    if ordinary:
        command = battery.ordinary_user(command)
    assert command
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    if ordinary:
        environment["HOME"] = "/"
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/", check=False)
    if done.returncode:
        raise SystemExit(f"{layers}: {done.stderr[-2000:]}")
    found: dict[str, str] = json.loads(done.stdout)
    return found


def rows() -> list[str]:
    """The table, one line each."""
    groups = list(dict.fromkeys(a.group for a in battery.attacks().ATTACKS))
    sizes = Counter(a.group for a in battery.attacks().ATTACKS)
    head = ["layers on", "as", *(f"{g} ({sizes[g]})" for g in groups), f"all ({sum(sizes.values())})"]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    users = [("an ordinary user", True)] + ([("root", False)] if os.geteuid() == 0 else [])
    for label, layers in SETS.items():
        for user, ordinary in users:
            found = measure(layers, ordinary=ordinary)
            raised = [name for name, how in found.items() if "the supervisor raised" in how]
            if raised:
                raise SystemExit(f"{label}: the supervisor raised in {raised}")
            missed = {name: how for name, how in found.items() if how}
            if label in ("rlimits + Landlock + seccomp", "all but bubblewrap", "all") and missed:
                print(f"{label}, {user}: {missed}", file=sys.stderr, flush=True)
            held = Counter(name.split(":")[0] for name, how in found.items() if not how)
            cells = [label, user, *(str(held[g]) for g in groups), str(sum(held.values()))]
            lines.append(f"| {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    return lines


def main() -> None:
    """Measure and rewrite the table in the page."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    kernel, python = platform.release().split("-")[0], platform.python_version()
    note = f"Contained attacks of each class; Linux {kernel}, {platform.machine()}, Python {python}."
    table = "\n".join([note, "", *rows()])
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
