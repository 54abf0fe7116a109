"""^C in the middle of long work: one line, no traceback, no process left behind."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pexpect
import psutil  # type: ignore[import-untyped]  # ships no annotations
import pytest


@pytest.mark.parametrize("seconds", [0.0, 2.0])
def test_a_check_of_many_scenarios_stops_at_once(tmp_path: Path, seconds: float) -> None:
    environment = {**os.environ, "INTERVIEWER_HOME": str(tmp_path)}
    arguments = ["-m", "interviewer", "check", "mf_sgd", "bagged_trees_oob", "kmeans_lloyd"]
    child = pexpect.spawn(sys.executable, arguments, env=environment, timeout=60)
    family: list[psutil.Process] = []
    while not family:
        time.sleep(0.01)
        family = psutil.Process(child.pid).children(recursive=True)
    time.sleep(seconds)
    family = psutil.Process(child.pid).children(recursive=True)
    child.sendcontrol("c")
    child.expect(pexpect.EOF)
    told = child.before.decode().replace("^C", "").split("\r")[-2:]
    child.close()
    assert child.exitstatus == 1
    assert told[0].strip().endswith("interviewer: stopped"), told
    assert "Traceback" not in child.before.decode()
    assert psutil.wait_procs(family, timeout=10)[1] == []
