"""How long the content check takes: the whole bank, one changed scenario, and pytest as a peer.

    python tests/benchmarks/bench_check.py [--size 47] [--workers 2]

What is timed for one scenario: no run is known (the better of two, as another load on the machine is
not the check's), one of its tests was changed, one mutant was changed. A bank smaller than `--size` is
filled up with copies of its own scenarios, so that the figure for the full bank can be watched while it
grows. The peer runs the same tests the way a test suite would: `python -m pytest` in a process of its
own for every file that is tested.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from interviewer.content import Catalogue
from interviewer.content.check import CheckCache, check_all
from interviewer.content.scenarios import COMMON
from interviewer.executor import LocalExecutor

BANK_SECONDS = 60.0
ONE_SECONDS = 2.0
PEER_RUNS = 3

# Lets pytest run a scenario's tests.py against one file in its own process.
PEER = """
import importlib.util, pathlib, sys
import numpy as np, pytest

@pytest.fixture
def solution():
    spec = importlib.util.spec_from_file_location("solution", pathlib.Path({path!r}))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

@pytest.fixture
def rng():
    return np.random.default_rng(0)
"""


def bank(size: int, scratch: Path) -> list[Path]:
    """The shipped scenarios, then copies of them until there are `size`."""
    shipped = [e.path for e in Catalogue().index()]
    folders = shipped[:size]
    for number in range(len(shipped), size):
        source = shipped[number % len(shipped)]
        copy = scratch / "scenarios" / f"{source.name}_{number}"
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        file = copy / "scenario.toml"
        file.write_text(file.read_text().replace(f'id = "{source.name}"', f'id = "{copy.name}"', 1))
        folders.append(copy)
    return folders


def timed(folders: list[Path], workers: int, cache: CheckCache | None = None) -> tuple[float, int]:
    """Seconds and problems of one check."""
    started = time.perf_counter()
    report = check_all(folders, LocalExecutor, workers=workers, cache=cache)
    for scenario in report.scenarios:
        for problem in scenario.problems:
            print("   ", problem)
    return time.perf_counter() - started, sum(len(s.problems) for s in report.scenarios)


def weaken_nothing(file: Path) -> None:
    """Give the middle one of a scenario's tests a line that changes nothing."""
    lines = file.read_text().splitlines()
    starts = [n for n, line in enumerate(lines) if line.startswith("def test_")]
    lines.insert(starts[len(starts) // 2] + 1, "    assert solution is not None")
    file.write_text("\n".join(lines) + "\n")


def cpu_seconds() -> float:
    """Processor time of this process and of its finished children; it does not grow with other load."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def peer(folder: Path, scratch: Path) -> float:
    """Median seconds pytest takes for one file of a scenario."""
    place = scratch / "peer"
    place.mkdir()
    shutil.copy(folder / "tests.py", place / "test_scenario.py")
    (place / "conftest.py").write_text(PEER.format(path=str(folder / "reference.py")))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(place)]
    seconds = []
    for _ in range(PEER_RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=place)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    options = argparse.ArgumentParser(description="Time the content check.")
    options.add_argument("--size", type=int, default=47)
    options.add_argument("--workers", type=int, default=2)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        folders = bank(given.size, scratch)
        shipped = len(Catalogue().index())
        before = cpu_seconds()
        whole, problems = timed(folders, given.workers)
        cpu = cpu_seconds() - before
        print(f"bank of {len(folders)} ({shipped} shipped) with {given.workers} workers: {problems} problems")
        print(f"  {whole:.1f} s (limit {BANK_SECONDS:.0f} s), {cpu:.1f} s of processor time")

        cache = CheckCache(scratch / "cache")
        times, tested, changed = [], [], []
        for folder in folders[:shipped]:
            copy = scratch / "scenarios" / folder.name
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copy(folder.parent / COMMON, copy.parent)
            nothing = CheckCache(scratch / "nothing known")
            once, _ = timed([copy], given.workers, nothing)
            times.append((min(once, timed([copy], given.workers, cache)[0]), folder.name))
            weaken_nothing(copy / "tests.py")
            tested.append((timed([copy], given.workers, cache)[0], folder.name))
            mutant = sorted((copy / "mutants").glob("*.py"))[0]
            mutant.write_text(mutant.read_text() + "\n# changed\n")
            changed.append((timed([copy], given.workers, cache)[0], folder.name))
        kinds = {"every run made": times, "one test changed": tested, "one mutant changed": changed}
        for what, found in kinds.items():
            worst = ", ".join(f"{name} {seconds:.2f} s" for seconds, name in sorted(found, reverse=True)[:4])
            median = statistics.median(seconds for seconds, _ in found)
            print(f"one scenario, {what}: median {median:.2f} s, worst {worst}; limit {ONE_SECONDS:.0f} s")
        unchanged, _ = timed(sorted((scratch / "scenarios").glob("[a-z]*/"))[:3], given.workers, cache)
        print(f"3 unchanged scenarios, remembered: {unchanged * 1000:.0f} ms")

        # Its tests also hold where solution and tests share a process, as they do in the peer.
        first = next(folder for folder in folders if folder.name == "mse_rmse")
        own = next(seconds for seconds, name in times if name == first.name)
        files = 4 + sum(1 for kind in ("mutants", "solutions") for _ in (first / kind).glob("*.py")) * 2
        one = peer(first, scratch)
        print(
            f"peer: pytest takes {one:.2f} s a file, {one * files:.0f} s for the {files} runs of {first.name}"
        )
        print(f"ratio: the check is {one * files / own:.0f} times as fast")
    slowest = max(seconds for found in kinds.values() for seconds, _ in found)
    return int(whole > BANK_SECONDS or slowest > ONE_SECONDS or problems > 0)


if __name__ == "__main__":
    sys.exit(main())
