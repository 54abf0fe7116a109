"""The candidate's file as a program, and what their own checks are worth."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from typing import Any

import pytest

from interviewer.domain.scenario import Limits
from interviewer.domain.test_run import OwnCheck, Verdict
from interviewer.executor import LocalExecutor

MakeScenario = Callable[..., Any]

REFERENCE = """
def mean(x):
    if len(x) == 0:
        raise ValueError("empty")  # REFERENCE-TEXT
    return sum(x) / len(x)

class Counter:
    def __init__(self): self.seen = []
    def add(self, x):
        self.seen.append(x)
        return self
    def total(self): return sum(self.seen)
"""
MUTANTS = {
    "no_raise": REFERENCE.replace('raise ValueError("empty")', "return 0.0"),
    "sums": REFERENCE.replace(" / len(x)", ""),
    "hangs": REFERENCE.replace(
        "return sum(x) / len(x)", "\n    while len(x) == 2: pass\n    return sum(x) / len(x)"
    ),
    "forgets": REFERENCE.replace("self.seen.append(x)", "self.seen = [x]"),
}


@pytest.fixture
def case(make_scenario: MakeScenario) -> Any:
    limits = Limits(call_seconds=0.5, total_seconds=10.0, memory_mb=256)
    return make_scenario("", entry=("mean", "Counter"), reference=REFERENCE, mutants=MUTANTS, limits=limits)


def checks(executor: LocalExecutor, case: Any, source: str) -> dict[int, OwnCheck]:
    run = executor.run_program(case, textwrap.dedent(source))
    return {c.line: c for c in run.checks}


def test_the_file_runs_as_the_main_program(executor: LocalExecutor, case: Any) -> None:
    source = "import sys\nif __name__ == '__main__':\n    print('hello', sys.argv)\n"
    run = executor.run_program(case, source)
    assert (run.verdict, run.stdout) == (Verdict.PASSED, "hello ['solution.py']\n")


def test_output_comes_while_the_program_runs(executor: LocalExecutor, case: Any) -> None:
    heard: list[tuple[float, str]] = []
    source = "import time\nprint('one')\ntime.sleep(0.4)\nprint('\\x1b[31mtwo')\n"
    run = executor.run_program(case, source, on_output=lambda t: heard.append((time.monotonic(), t)))
    assert "".join(text for _, text in heard) == run.stdout == "one\ntwo\n"
    assert heard[-1][0] - heard[0][0] > 0.2


@pytest.mark.parametrize(
    ("source", "verdict", "line", "words"),
    [
        ("x = 1\ny = x / 0", Verdict.ERROR, 2, "ZeroDivisionError"),
        ("def f(:", Verdict.ERROR, 1, "SyntaxError"),
        ("import sys\nsys.exit(0)", Verdict.PASSED, None, ""),
        ("import sys\nsys.exit(2)", Verdict.ERROR, 2, "called exit"),
        ("import os\nos._exit(0)", Verdict.ERROR, None, "ended the process"),
        ("x = input()", Verdict.ERROR, 1, "waits for input"),
        ("while True: print('y' * 9999)", Verdict.OUTPUT_LIMIT, None, "4 MB"),
        ("x = [0] * 10**9", Verdict.OUT_OF_MEMORY, 1, "256 MB"),
        ("from __future__ import annotations\n'''doc'''\nx: int = 1", Verdict.PASSED, None, ""),
        ("", Verdict.PASSED, None, ""),
    ],
)
def test_how_a_program_ends(
    executor: LocalExecutor, case: Any, source: str, verdict: Verdict, line: int | None, words: str
) -> None:
    run = executor.run_program(case, source)
    assert (run.verdict, run.line) == (verdict, line)
    assert words in run.message


def test_a_program_that_never_ends_is_ended(executor: LocalExecutor, make_scenario: MakeScenario) -> None:
    case = make_scenario("", limits=Limits(call_seconds=0.2, total_seconds=0.6, memory_mb=256))
    run = executor.run_program(case, "print('on')\nwhile True:\n    pass\n")
    assert (run.verdict, run.stdout) == (Verdict.TIMED_OUT, "on\n")
    assert run.line in (2, 3)


def test_every_assert_is_a_check_by_itself(executor: LocalExecutor, case: Any) -> None:
    source = """\
    def mean(x):
        assert x is not None
        return sum(x) / len(x)
    assert mean([1, 2]) == 7, "seven"
    assert mean([1, 2]) == 1.5
    m = mean([4])
    if __name__ == "__main__":
        assert m == 4
        for k in (1, 2, 3):
            assert mean([k, k]) == k and k < 3
        assert mean("ab") == 1
    assert True
    """
    found = checks(executor, case, source)
    assert {line: c.verdict.value for line, c in found.items()} == {
        4: "failed",
        5: "passed",
        8: "passed",
        10: "failed",
        11: "error",
        12: "passed",
    }
    assert found[4].message == "seven"
    assert "TypeError" in found[11].message
    assert {line for line, c in found.items() if c.calls} == {4, 5, 8, 10, 11}
    assert found[4].inputs == found[5].inputs != found[8].inputs
    assert found[12].inputs == ""


def test_test_functions_and_assert_helpers_count(executor: LocalExecutor, case: Any) -> None:
    source = """\
    import numpy as np
    def mean(x): return sum(x) / len(x)
    class Counter:
        def __init__(self): self.n = 0
        def add(self, x): self.n += x; return self
        def total(self): return self.n
    def test_good():
        assert mean([2, 4]) == 3
    def test_bad():
        assert mean([2, 4]) == 4
    def test_called(): assert mean([1]) == 1
    def test_needs(fixture): assert False
    class TestCounter:
        def test_total(self): assert Counter().add(2).total() == 2
    np.testing.assert_allclose(mean([1, 2]), 1.5)
    test_called()
    print(mean([5]))
    """
    found = {c.name: c for c in executor.run_program(case, textwrap.dedent(source)).checks}
    assert {name: c.verdict.value for name, c in found.items()} == {
        "test_good": "passed",
        "test_bad": "failed",
        "test_called": "passed",
        "TestCounter.test_total": "passed",
        "assert on line 15": "passed",
        "print on line 17": "passed",
    }
    assert all(c.calls for c in found.values())


def test_own_checks_are_graded_against_the_mutants(executor: LocalExecutor, case: Any) -> None:
    source = """\
    def mean(x):
        return 99
    class Counter:
        pass
    assert mean([1, 2, 3]) == 2
    assert mean([1, 2, 3]) == 5
    assert mean([3, 3]) == 3
    def test_empty():
        try:
            mean([])
        except ValueError:
            return
        assert False
    counter = Counter()
    counter.add(1)
    counter.add(2)
    assert counter.total() == 3
    assert True
    """
    grade = executor.grade_own_tests(case, textwrap.dedent(source))
    assert {(c.line, c.right, c.kills) for c in grade.checks} == {
        (5, True, ("sums",)),
        (6, False, ()),
        (7, True, ("sums", "hangs")),
        (8, True, ("no_raise",)),
        (17, True, ("forgets",)),
        (18, True, ()),
    }
    assert (grade.mutants, grade.killed, grade.message) == (4, 4, "")


def test_checks_that_do_not_rest_on_a_failing_call_still_run(executor: LocalExecutor, case: Any) -> None:
    source = """\
    def mean(x): return sum(x) / len(x)
    m = mean([1, 1])
    assert m == 1
    n = mean([4])
    assert n == 4
    """
    grade = executor.grade_own_tests(case, textwrap.dedent(source))
    assert {c.line: c.kills for c in grade.checks} == {3: ("sums", "hangs"), 5: ()}


def test_grading_without_checks_or_with_broken_code_says_so(executor: LocalExecutor, case: Any) -> None:
    assert executor.grade_own_tests(case, "x = 1").message == "no own checks found"
    assert executor.grade_own_tests(case, "def f(:").checks == ()
    assert executor.grade_own_tests(case, "import os\nos._exit(0)").killed == 0


def test_a_hostile_check_earns_nothing(executor: LocalExecutor, case: Any) -> None:
    source = """\
    import os, json, struct
    def tell(line, verdict):
        text = json.dumps({"m": {"op": "event", "kind": "assert", "name": "x", "line": line, "text": "",
            "verdict": verdict, "message": "", "calls": True, "inputs": "1"}, "n": []}).encode()
        os.write(3, struct.pack("<IIQ", 0x31565449, len(text), 0) + text)
    def mean(x): return 0
    try:
        stub = mean.__code__
        tell(1, "passed")
    except Exception:
        pass
    assert "REFERENCE" not in str(vars(mean)) if hasattr(mean, "__dict__") else True
    """
    grade = executor.grade_own_tests(case, textwrap.dedent(source))
    assert grade.killed == 0
