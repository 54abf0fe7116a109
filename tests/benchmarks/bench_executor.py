"""How long a ten-test run takes, against its floor and against pytest, measured in one go.

    python tests/benchmarks/bench_executor.py [--runs 300] [--json]

Latencies are wall-clock milliseconds of warm runs in windows of 30; the best window is what the
machine can do when left alone, "all" is what it did. Throughput is that of a pool: as many threads
as zygotes, in windows of two seconds, the best and the median of five. Peers in the same run: the
floor (fork of a process with NumPy loaded, run the same file and the same ten calls, one pipe back)
and ``python -m pytest`` in a subprocess on the same ten tests.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from interviewer.domain.phases import Kind
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import QuestionType, Scenario, TestSpec
from interviewer.domain.test_run import Tier
from interviewer.executor import LocalExecutor

SOLUTION = """
import numpy as np

def standardise(X):
    X = np.asarray(X, dtype=float)
    spread = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(spread == 0, 1.0, spread)

def nearest(X, centres):
    d = ((X[:, None, :] - centres[None, :, :]) ** 2).sum(axis=-1)
    return d.argmin(axis=1)
"""

NAMES = [f"{what}_{number}" for what in ("standardise", "nearest") for number in range(5)]

TESTS = "import numpy as np\nfrom interviewer import expect\n" + "".join(
    f"""
def test_standardise_{n}(solution, rng):
    X = rng.normal(size=({20 + n}, 3))
    expect.close(solution.standardise(X), (X - X.mean(0)) / X.std(0))

def test_nearest_{n}(solution, rng):
    X, C = rng.normal(size=({20 + n}, 3)), rng.normal(size=(4, 3))
    expect.equal(solution.nearest(X, C), ((X[:, None] - C[None]) ** 2).sum(-1).argmin(1))
"""
    for n in range(5)
)

PYTEST = "import numpy as np, pytest, solution\n" + "".join(
    f"""
def test_standardise_{n}():
    X = np.random.default_rng({n}).normal(size=({20 + n}, 3))
    assert np.allclose(solution.standardise(X), (X - X.mean(0)) / X.std(0))

def test_nearest_{n}():
    rng = np.random.default_rng({n})
    X, C = rng.normal(size=({20 + n}, 3)), rng.normal(size=(4, 3))
    assert (solution.nearest(X, C) == ((X[:, None] - C[None]) ** 2).sum(-1).argmin(1)).all()
"""
    for n in range(5)
)


def scenario(folder: Path) -> Scenario:
    """The ten-test scenario, its tests.py written to `folder`."""
    (folder / "tests.py").write_text(TESTS)
    return Scenario(
        id="bench",
        title="Bench",
        kind=Kind.CODING,
        question_type=QuestionType.ALGORITHM,
        patterns=(),
        level=Seniority.MID,
        minutes=10,
        rubric="",
        signatures=(),
        entry=("standardise", "nearest"),
        brief="",
        guide="",
        starter="",
        facts=(),
        hints=(),
        decisions=(),
        follow_ups=(),
        interjections=(),
        tests=tuple(TestSpec(name=name, tier=Tier.CORE) for name in NAMES),
        mutants=(),
        path=str(folder),
    )


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def windows(values: list[float], size: int = 30) -> list[float]:
    """The quietest stretch of `size` values, by its median."""
    stretches = [values[i : i + size] for i in range(0, max(1, len(values) - size + 1), size)]
    return min(stretches, key=statistics.median)


def latencies(
    executor: LocalExecutor, case: Scenario, runs: int, pause: float
) -> tuple[list[float], list[float]]:
    """(whole run, first verdict) in milliseconds, a short pause before each key press."""
    whole, first = [], []
    for _ in range(runs):
        time.sleep(pause)
        took, until_first = one_run(executor, case)
        whole.append(took)
        first.append(until_first)
    return whole, first


def one_run(executor: LocalExecutor, case: Scenario) -> tuple[float, float]:
    """Milliseconds of a run, and until its first verdict."""
    seen: list[float] = []
    started = time.perf_counter()
    run = executor.run_tests(
        case, SOLUTION, tests=case.tests, on_result=lambda _: seen.append(time.perf_counter())
    )
    took = (time.perf_counter() - started) * 1000
    assert run.green, run
    return took, (seen[0] - started) * 1000


def floor(runs: int, pause: float) -> list[float]:
    """Fork here, run the file and ten calls, send ten words back: what any isolation must pay."""
    import numpy as np

    times = []
    for _ in range(runs):
        time.sleep(pause)
        started = time.perf_counter()
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            names: dict[str, Any] = {}
            exec(compile(SOLUTION, "solution.py", "exec"), names)
            rng = np.random.default_rng(0)
            for _n in range(5):
                X, C = rng.normal(size=(20, 3)), rng.normal(size=(4, 3))
                ok = np.allclose(names["standardise"](X), (X - X.mean(0)) / X.std(0))
                os.write(writer, b"1" if ok else b"0")
                want = ((X[:, None] - C[None]) ** 2).sum(-1).argmin(1)
                os.write(writer, b"1" if (names["nearest"](X, C) == want).all() else b"0")
            os._exit(0)
        os.close(writer)
        while os.read(reader, 100):
            pass
        os.close(reader)
        os.waitpid(pid, 0)
        times.append((time.perf_counter() - started) * 1000)
    return times


def pytest_times(runs: int) -> list[float]:
    """The same ten tests by pytest in a subprocess."""
    times = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "solution.py").write_text(SOLUTION)
        (folder / "test_solution.py").write_text(PYTEST)
        for _ in range(runs):
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", name],
                cwd=name,
                check=True,
                capture_output=True,
            )
            times.append((time.perf_counter() - started) * 1000)
    return times


def throughput(case: Scenario, workers: int, seconds: float) -> float:
    """Runs per second with `workers` threads and zygotes."""
    with LocalExecutor(workers=workers) as executor:
        executor.warm()
        counts = [0] * workers
        ends = time.perf_counter() + seconds + 0.5
        begins = ends - seconds

        def work(index: int) -> None:
            while time.perf_counter() < ends:
                executor.run_tests(case, SOLUTION, tests=case.tests)
                counts[index] += time.perf_counter() >= begins

        threads = [threading.Thread(target=work, args=(i,)) for i in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return sum(counts) / seconds


def processor(case: Scenario, runs: int = 200) -> float:
    """Processor milliseconds a run takes in all processes together: what a core can do when left alone.

    Without bubblewrap, whose processes the system does not account to us.
    """

    def spent() -> float:
        own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime

    used = []
    for count in (20, 20 + runs):
        before = spent()
        with LocalExecutor(layers=("privileges", "rlimits", "landlock", "seccomp")) as executor:
            executor.warm()
            for _ in range(count):
                executor.run_tests(case, SOLUTION, tests=case.tests)
        used.append(spent() - before)
    return (used[1] - used[0]) / runs * 1000


def memory(case: Scenario) -> tuple[float, float]:
    """(zygote's resident megabytes, private megabytes of a child that is running the ten tests)."""
    with LocalExecutor(layers=("landlock", "rlimits", "seccomp")) as executor:
        executor.warm()
        private: list[float] = []
        executor.run_tests(
            case,
            SOLUTION,
            tests=case.tests,
            on_result=lambda _: private.append(max(map(unshared, children(children(os.getpid())[0])))),
        )
        return resident(children(os.getpid())[0]), private[-1]


def children(pid: int) -> list[int]:
    """Processes whose parent is `pid`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found


def rollup(pid: int) -> dict[str, float]:
    """Megabytes by kind."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {row.split(":")[0]: int(row.split()[1]) / 1024 for row in rows}


def resident(pid: int) -> float:
    """Resident megabytes."""
    return rollup(pid)["Rss"]


def unshared(pid: int) -> float:
    """Megabytes no other process shares."""
    sizes = rollup(pid)
    return sizes["Private_Dirty"] + sizes["Private_Clean"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--pause", type=float, default=0.03, help="seconds before each run")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: dict[str, Any] = {"load": os.getloadavg()[0], "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory() as name:
        case = scenario(Path(name))
        makers: dict[str, Callable[[], LocalExecutor]] = {
            "all layers": LocalExecutor,
            "no layers": lambda: LocalExecutor(layers=[]),
        }
        base = floor(options.runs, options.pause)
        for label, make in makers.items():
            with make() as executor:
                executor.warm()
                latencies(executor, case, 5, 0)
                whole, first = latencies(executor, case, options.runs, options.pause)
                figures[label] = {
                    "p50": statistics.median(windows(whole)),
                    "p95": percentile(windows(whole), 0.95),
                    "p50 all": statistics.median(whole),
                    "p95 all": percentile(whole, 0.95),
                    "first verdict p50": statistics.median(windows(first)),
                    "first verdict p95": percentile(windows(first), 0.95),
                }
        base += floor(options.runs, options.pause)
        figures["floor"] = {"p50": statistics.median(windows(base)), "p50 all": statistics.median(base)}
        figures["pytest"] = {"p50": statistics.median(pytest_times(7))}
        cores = os.cpu_count() or 2
        # A worker waits for its child now and then: two a core keep the core at work.
        rates = {n: [throughput(case, n, 2.0) for _ in range(5)] for n in (1, cores, 2 * cores)}
        figures["runs/s"] = {str(n): max(rate) for n, rate in rates.items()}
        figures["runs/s median"] = {str(n): statistics.median(rate) for n, rate in rates.items()}
        figures["processor ms a run"] = min(processor(case) for _ in range(3))
        figures["zygote MB"], figures["child private MB"] = memory(case)
    ours = figures["all layers"]["p50"]
    figures["x floor"] = ours / figures["floor"]["p50"]
    figures["x faster than pytest"] = figures["pytest"]["p50"] / ours
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    print(f"cores {figures['cores']}, load at start {figures['load']:.2f}; milliseconds")
    for label in ("all layers", "no layers", "floor", "pytest"):
        print(f"  {label:12}", "  ".join(f"{k} {v:.1f}" for k, v in figures[label].items()))
    cores = max(1, int(figures["cores"] or 1))
    for workers, rate in figures["runs/s"].items():
        usual = figures["runs/s median"][workers]
        print(
            f"  {workers} worker(s): {rate:.0f} runs/s, {rate / cores:.0f} per core"
            f" (median of five windows {usual:.0f}, {usual / cores:.0f})"
        )
    spent = figures["processor ms a run"]
    print(f"  {spent:.1f} ms of processor a run in all: {1000 / spent:.0f} runs/s for a core of its own")
    print(f"  zygote {figures['zygote MB']:.1f} MB, child private {figures['child private MB']:.1f} MB")
    print(f"  {figures['x floor']:.1f} x the fork floor")
    print(f"  {figures['x faster than pytest']:.0f} x faster than pytest")


if __name__ == "__main__":
    main()
