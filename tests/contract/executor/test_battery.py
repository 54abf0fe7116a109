"""No attack gets out, and after every one a good solution passes as before."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_spec = importlib.util.spec_from_file_location("executor_battery", Path(__file__).with_name("battery.py"))
assert _spec and _spec.loader
battery: Any = importlib.util.module_from_spec(_spec)
sys.modules["executor_battery"] = battery
_spec.loader.exec_module(battery)

NAMES = [f"{a.group}: {a.name}" for a in battery.attacks().ATTACKS]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(sys.platform != "linux", reason="the attacks speak to the Linux kernel"),
]


@pytest.fixture(scope="module")
def results() -> dict[str, str]:
    """Every attack, with all layers, as whoever runs the tests."""
    found: dict[str, str] = battery.sweep(None)
    return found


def test_the_battery_is_large_and_covers_every_class() -> None:
    groups = {name.split(":")[0] for name in NAMES}
    assert groups == {"live", "death", "grader", "processes", "files", "network and kernel"}
    assert len(NAMES) == len(set(NAMES)) >= 100


@pytest.mark.parametrize("name", NAMES)
def test_contained(results: dict[str, str], name: str) -> None:
    assert results[name] == ""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="the tests above ran as an ordinary user")
def test_contained_as_an_ordinary_user() -> None:
    command = battery.ordinary_user([sys.executable, str(Path(battery.__file__)), "--layers", "all"])
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/", check=False)
    if done.returncode and ("unshare" in done.stderr or "mount" in done.stderr or "setpriv" in done.stderr):
        pytest.skip(f"cannot become an ordinary user here: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == set(NAMES)
    assert {name: how for name, how in found.items() if how} == {}


@pytest.mark.parametrize(
    "layers", [[], ["rlimits"], ["landlock"], ["seccomp"], ["privileges"], ["bubblewrap"]]
)
def test_dying_code_never_raises_in_the_supervisor_whatever_layers_are_on(layers: list[str]) -> None:
    assert {name: how for name, how in battery.sweep(layers, "death").items() if how} == {}


def test_the_battery_sees_what_no_layer_holds_back() -> None:
    # A positive control: with every layer off these acts work, so their silence above means something.
    found = battery.sweep([], "files: ")
    for name in ("files: reads a secret", "files: creates a file", "files: changes the mode"):
        assert found[name] != ""
