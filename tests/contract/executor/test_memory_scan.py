"""No expected value, reference or test text is in the memory of the candidate's process.

The scan reads the process's whole memory from outside while its code runs. It is proven to work
by a planted value: one that is sent as an argument must be found.
"""

from __future__ import annotations

import contextlib
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # ships no annotations
import pytest

from interviewer.domain.scenario import Limits
from interviewer.executor import LocalExecutor

MakeScenario = Callable[..., Any]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]

EXPECTED = 0.728_193_645_501_237_9  # an unlikely pattern of bytes
PLANTED = 0.391_857_240_016_883_1
TESTS = f"""
import time
from pathlib import Path

SECRET = "EXPECTED-TEXT-" + "in-hidden-tests"

def wait():
    folder = Path(__file__).parent
    (folder / "inside").touch()
    while not (folder / "scanned").exists():
        time.sleep(0.01)

def test_hidden(solution, rng):
    expected = np.array([{EXPECTED!r}])
    expect.close(solution.f(np.array([{PLANTED!r}]), "PLANTED-" + "argument", wait), expected)
    assert SECRET
"""
SOLUTION = """
def f(x, text, wait):
    wait()
    return x
"""
CHECKS = """
def f(x, text):
    return 0
assert f("PLANTED-" + "argument", 1) is None
"""


def memory_of(pid: int) -> bytes:
    """Everything readable in a process's memory."""
    found = bytearray()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for row in Path(f"/proc/{pid}/maps").read_text().splitlines():
            area, rights = row.split()[:2]
            begin, end = (int(n, 16) for n in area.split("-"))
            if "r" in rights and not row.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                try:
                    memory.seek(begin)
                    found += memory.read(end - begin)
                except (OSError, OverflowError, ValueError):
                    continue
    return bytes(found)


def scan(work: Callable[[], Any], inside: Callable[[], bool], release: Callable[[], None]) -> list[bytes]:
    """Memory of the zygote and of every process below it, taken once `inside` holds."""
    thread = threading.Thread(target=work)
    thread.start()
    deadline = time.monotonic() + 10
    while not inside() and time.monotonic() < deadline:
        time.sleep(0.01)
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # one that just ended
            found.append(memory_of(process.pid))
    release()
    thread.join()
    return found


@pytest.fixture
def open_executor() -> Any:
    # Without the layer that forbids looking in from outside.
    with LocalExecutor(layers=["rlimits", "seccomp"]) as executor:
        executor.warm()
        yield executor


def test_nothing_of_the_tests_or_the_reference_is_there(
    open_executor: LocalExecutor, make_scenario: MakeScenario
) -> None:
    case = make_scenario(
        TESTS,
        reference="# REFERENCE-TEXT-in-memory\ndef f(x, text): return x",
        limits=Limits(call_seconds=20.0, total_seconds=30.0),
    )
    folder = Path(case.path)
    found = scan(
        lambda: open_executor.run_tests(case, SOLUTION, tests=case.tests),
        (folder / "inside").exists,
        (folder / "scanned").touch,
    )
    everything = b"".join(found)
    assert struct.pack("<d", PLANTED) in everything, "the scan does not see what was planted"
    assert b"PLANTED-argument" in everything
    for hidden in (struct.pack("<d", EXPECTED), repr(EXPECTED).encode(), b"in-hidden-tests", b"test_hidden"):
        assert hidden not in everything, hidden
    assert b"REFERENCE-TEXT-in-memory" not in everything


def test_grading_keeps_the_reference_out_of_the_process_with_the_checks(
    open_executor: LocalExecutor, make_scenario: MakeScenario
) -> None:
    case = make_scenario(
        TESTS,
        reference="# REFERENCE-TEXT-in-memory\nimport time\ndef f(x, text): time.sleep(3)",
        limits=Limits(call_seconds=20.0, total_seconds=30.0),
    )
    begun = time.monotonic()
    found = scan(
        lambda: open_executor.grade_own_tests(case, CHECKS),
        lambda: time.monotonic() - begun > 0.6,
        lambda: None,
    )
    own = [memory for memory in found if b"assert f(" in memory]
    theirs = [memory for memory in found if b"REFERENCE-TEXT-in-memory" in memory]
    assert own and theirs, "the scan does not see the two processes"
    assert not [memory for memory in own if b"REFERENCE-TEXT-in-memory" in memory]
    assert not [memory for memory in theirs if b"assert f(" in memory]
