"""Nothing is left behind: descriptors, processes, memory; and every death is recovered from."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # ships no annotations
import pytest

from interviewer.domain.scenario import Limits
from interviewer.domain.test_run import Verdict
from interviewer.executor import LocalExecutor

MakeScenario = Callable[..., Any]
GOOD = "def f(x): return 2 * x"
TEST = "def test_one(solution, rng):\n    assert solution.f(2) == 4"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="looks at processes and descriptors")


def descendants() -> list[Any]:
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status():
                found.append(process)
    return found


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_thousand_runs_leave_nothing_behind(make_scenario: MakeScenario) -> None:
    case = make_scenario(TEST)
    sources = [GOOD, GOOD, GOOD, "def f(x): raise ValueError", "import os\ndef f(x): os._exit(1)"]
    with LocalExecutor() as executor:
        for source in sources * 4:
            executor.run_tests(case, source, tests=case.tests)
        executor.run_tests(case, GOOD, tests=case.tests)
        me = psutil.Process()
        files, processes, memory = me.num_fds(), len(descendants()), me.memory_info().rss
        below = {p.pid: p.memory_info().rss for p in descendants()}
        for number in range(1000):
            executor.run_tests(case, sources[number % len(sources)], tests=case.tests)
        executor.run_tests(case, GOOD, tests=case.tests)
        time.sleep(0.2)
        assert me.num_fds() <= files + 2
        assert len(descendants()) <= processes + 1
        assert not [p for p in descendants() if p.status() == psutil.STATUS_ZOMBIE]
        assert me.memory_info().rss - memory < 8 << 20
        grown = [p.memory_info().rss - below[p.pid] for p in descendants() if p.pid in below]
        assert max(grown, default=0) < 8 << 20


def test_closing_ends_every_process(make_scenario: MakeScenario) -> None:
    case = make_scenario(TEST)
    before = {p.pid for p in descendants()}
    executor = LocalExecutor(workers=2)
    executor.warm()
    executor.run_tests(case, GOOD, tests=case.tests)
    assert {p.pid for p in descendants()} - before
    executor.close()
    executor.close()
    deadline = time.monotonic() + 3
    while {p.pid for p in descendants()} - before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert {p.pid for p in descendants()} - before == set()
    run = executor.run_tests(case, GOOD, tests=case.tests)
    assert run.verdict is Verdict.HARNESS_ERROR


def test_a_killed_program_takes_its_sandbox_along(make_scenario: MakeScenario) -> None:
    case = make_scenario(TEST)
    script = f"""
import sys, threading, psutil, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from interviewer.executor import LocalExecutor
from battery import scenario
from pathlib import Path
case = scenario(Path({case.path!r}), tests=(), entry=("f",))
from interviewer.domain.scenario import Limits, TestSpec
from interviewer.domain.test_run import Tier
import dataclasses
case = dataclasses.replace(
    case, tests=(TestSpec(name="one", tier=Tier.CORE),), limits=Limits(call_seconds=60, total_seconds=60)
)
executor = LocalExecutor()
executor.warm()
run = lambda: executor.run_tests(case, "def f(x):\\n    while True: pass", tests=case.tests)
threading.Thread(target=run, daemon=True).start()
time.sleep(0.5)
print(*[p.pid for p in psutil.Process().children(recursive=True)], flush=True)
time.sleep(60)
"""
    root = str(Path(__file__).parents[3])
    program = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert program.stdout is not None
    pids = [int(n) for n in program.stdout.readline().split()]
    assert len(pids) >= 2
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    deadline = time.monotonic() + 5
    while any(map(_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [p for p in pids if _alive(p)] == []


def _alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_dead_zygote_is_replaced_and_not_charged(make_scenario: MakeScenario) -> None:
    case = make_scenario(
        "def test_one(solution, rng):\n    assert solution.f(2) == 4\n"
        "def test_two(solution, rng):\n    assert solution.f(3) == 6"
    )
    before = {p.pid for p in descendants()}
    with LocalExecutor() as executor:
        executor.warm()

        def kill_all(_: object) -> None:
            for process in descendants():
                if process.pid not in before:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        process.kill()

        run = executor.run_tests(case, GOOD, tests=case.tests, on_result=kill_all)
        assert [r.verdict for r in run.results] == [Verdict.PASSED, Verdict.PASSED]
        kill_all(None)
        assert executor.run_tests(case, GOOD, tests=case.tests).green
        kill_all(None)
        assert executor.run_program(case, "print(1)").stdout == "1\n"


@pytest.mark.parametrize("workers", [1, 3])
def test_many_threads_may_run_at_once(make_scenario: MakeScenario, workers: int) -> None:
    case = make_scenario(
        "def test_one(solution, rng):\n    v = rng.normal()\n    expect.close(solution.f(v), 2 * v)"
    )
    wrong: list[object] = []
    with LocalExecutor(workers=workers) as executor:

        def work(seed: int) -> None:
            for number in range(10):
                run = executor.run_tests(case, GOOD, tests=case.tests, seed=seed * 100 + number)
                if not run.green:
                    wrong.append(run)

        threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_worker_thread_may_end_without_ending_the_sandbox(make_scenario: MakeScenario) -> None:
    case = make_scenario(TEST)
    with LocalExecutor() as executor:
        thread = threading.Thread(target=executor.warm)
        thread.start()
        thread.join()
        pids = {p.pid for p in descendants()}
        time.sleep(0.2)
        assert executor.run_tests(case, GOOD, tests=case.tests).green
        assert pids & {p.pid for p in descendants()}


def test_the_layers_are_tried_and_reported() -> None:
    with LocalExecutor() as executor:
        executor.warm()
        reports = executor.selftest()
        assert {r.name: "on" if r.on else r.reason for r in reports} == executor.sandbox()
    with LocalExecutor(layers=[]) as executor:
        executor.warm()
        assert not any(r.on for r in executor.selftest())
        assert set(executor.sandbox().values()) == {"off"}


@pytest.mark.skipif(sys.platform != "linux", reason="Linux layers")
def test_a_layer_that_is_claimed_but_absent_is_found_out() -> None:
    from interviewer.executor import layers, selftest
    from interviewer.executor.zygote import Zygote

    zygote = Zygote(("numpy",), ())
    try:
        zygote.reports = dict.fromkeys(layers.LINUX, "on")
        tried = selftest.attempt(zygote)
        assert "on" not in tried.values()
        assert tried["seccomp"] == "a socket can be opened"
    finally:
        zygote.close()


def test_processes_started_ahead_instead_of_forked(make_scenario: MakeScenario) -> None:
    case = make_scenario(TEST, limits=Limits(call_seconds=3.0, total_seconds=20.0, memory_mb=300))
    endings = {
        GOOD: Verdict.PASSED,
        "def f(x): return x": Verdict.FAILED,
        "def f(x):\n    while True: pass": Verdict.TIMED_OUT,
        "import os\ndef f(x): os._exit(0)": Verdict.ERROR,
        "def f(x): return len([0.5] * (1 << 28))": Verdict.OUT_OF_MEMORY,
        "def f(x):\n    while True: print('y' * 9999)": Verdict.OUTPUT_LIMIT,
    }
    before = {p.pid for p in descendants()}
    with LocalExecutor(fork=False, layers=["memory watch"]) as executor:
        executor.warm()
        for source, verdict in endings.items():
            run = executor.run_tests(case, source, tests=case.tests)
            assert run.verdict is verdict, (source, run.results[0].message)
        assert executor.run_program(case, "print('hello')").stdout == "hello\n"
    deadline = time.monotonic() + 5
    while {p.pid for p in descendants()} - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert {p.pid for p in descendants()} - before == set()


def test_global_generators_give_the_same_in_every_run(make_scenario: MakeScenario) -> None:
    case = make_scenario("def test_one(solution, rng):\n    expect.equal(solution.f(), 0)")
    source = "import random\nimport numpy as np\ndef f(): return float(np.random.rand()), random.random()"
    got = set()
    for _ in range(2):
        with LocalExecutor() as executor:
            got |= {
                executor.run_tests(case, source, tests=case.tests, seed=7).results[0].got for _ in range(2)
            }
    assert len(got) == 1


def test_a_zygote_that_hangs_is_replaced_and_not_charged(make_scenario: MakeScenario) -> None:
    case = make_scenario(TEST, limits=Limits(call_seconds=0.5, total_seconds=20.0, memory_mb=200))
    with LocalExecutor(layers=[]) as executor:
        executor.warm()
        for process in psutil.Process().children():
            if any(part.endswith("zygote.py") for part in process.cmdline()):
                process.suspend()
        run = executor.run_tests(case, GOOD, tests=case.tests)
        assert run.green, run.results[0].message
