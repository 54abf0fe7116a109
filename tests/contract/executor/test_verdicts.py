"""Every way a run can end, with the place in the candidate's file."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from interviewer.domain.scenario import Limits, TestSpec
from interviewer.domain.test_run import Tier, Verdict
from interviewer.executor import LocalExecutor
from interviewer.executor import layers as platform

Outcome = Callable[..., Any]
ONE = "def test_one(solution, rng):\n    expect.close(solution.f(np.arange(4.0)), [0, 2, 4, 6])"


@pytest.mark.parametrize(
    ("source", "verdict", "words", "line", "column"),
    [
        ("def f(x):\n    return 2 * x", Verdict.PASSED, "", None, None),
        ("def f(x):\n    return 3 * x", Verdict.FAILED, "3 of 4 values differ", None, None),
        ("def f(x):\n    pass", Verdict.FAILED, "nothing was returned", None, None),
        ("def g(x):\n    return x", Verdict.ERROR, "f is not defined", None, None),
        ("def f(x):\n    y = 1\n    return y + nope", Verdict.ERROR, "NameError: name 'nope'", 3, 16),
        ("def f(x):\n    return g(x)\ndef g(x):\n    return x / 'a'", Verdict.ERROR, "", 4, 12),
        ("def f(x):\n    return (", Verdict.ERROR, "SyntaxError: '(' was never closed", 2, 12),
        ("x = 1\nraise ValueError('no')", Verdict.ERROR, "ValueError: no", 2, 1),
        (
            "def f(x):\n    y = 0\n    while True:\n        y += 1",
            Verdict.TIMED_OUT,
            "no answer within 1 s",
            None,
            None,
        ),
        ("import time\ndef f(x):\n    time.sleep(60)", Verdict.TIMED_OUT, "no answer", 3, None),
        ("def f(x):\n    return [0] * 10**9", Verdict.OUT_OF_MEMORY, "256 MB", 2, 12),
        ("def f(x):\n    while True: print('y' * 9999)", Verdict.OUTPUT_LIMIT, "4 MB", None, None),
        ("import sys\ndef f(x):\n    sys.exit(1)", Verdict.ERROR, "the code called exit", 3, 5),
        ("import os\ndef f(x):\n    os._exit(7)", Verdict.ERROR, "exit status 7", None, None),
        ("import ctypes\ndef f(x):\n    ctypes.string_at(0)", Verdict.ERROR, "SIGSEGV", None, None),
        ("def f(x):\n    return input()", Verdict.ERROR, "waits for input", 2, 12),
        ("def f(x):\n    return f(x)", Verdict.ERROR, "RecursionError", 2, 12),
        ("def f(x):\n    return object()", Verdict.FAILED, "a object cannot be compared", None, None),
    ],
)
def test_each_ending_has_its_verdict_message_and_place(
    outcome: Outcome, source: str, verdict: Verdict, words: str, line: int | None, column: int | None
) -> None:
    result = outcome(ONE, source)["one"]
    assert result.verdict is verdict, result.message
    assert words in result.message
    assert line is None or result.line == line
    assert column is None or result.column == column


@pytest.mark.parametrize("use", ["a, b = got", "got['loss']", "got + 1", "len(got)", "got[0]"])
def test_a_test_that_takes_apart_what_was_not_returned_says_so(outcome: Outcome, use: str) -> None:
    test = f"def test_one(solution, rng):\n    got = solution.f(1)\n    {use}"
    result = outcome(test, "def f(x):\n    x + 1")["one"]
    assert (result.verdict, result.message, result.got) == (Verdict.FAILED, "nothing was returned", "None")
    wrong = outcome(test, "def f(x):\n    return object")["one"]
    assert "nothing" not in wrong.message


def test_a_timeout_names_a_line_of_the_loop(outcome: Outcome) -> None:
    source = "def f(x):\n    y = 0\n    while True:\n        y += 1\n"
    assert outcome(ONE, source)["one"].line in (3, 4)


def test_a_crash_names_its_line(outcome: Outcome) -> None:
    source = "import ctypes\ndef f(x):\n    y = 1\n    ctypes.string_at(0)\n"
    assert outcome(ONE, source)["one"].line == 4


def test_a_failure_carries_what_is_needed_to_see_it(outcome: Outcome) -> None:
    tests = "def test_one(solution, rng):\n    expect.close(solution.f(), [[1, 2], [3, 4]], msg='centres')"
    result = outcome(
        tests, "import numpy as np\ndef f():\n    return np.array([[1, 2], [9, 4]], dtype='f4')"
    )["one"]
    assert (result.got, result.expected, result.where) == ("9.0", "3", "[1, 0]")
    assert result.shape == "(2, 2) float32"
    assert result.message == "centres: 1 of 4 values differ"


def test_one_death_does_not_take_the_other_tests_along(outcome: Outcome) -> None:
    tests = """
    def test_first(solution, rng):
        assert solution.f(1) == 1
    def test_dies(solution, rng):
        solution.f(2)
    def test_last(solution, rng):
        assert solution.f(3) == 3
    """
    source = """
    import os
    print('loaded')
    def f(x):
        print('called', x)
        return os._exit(3) if x == 2 else x
    """
    results = outcome(tests, source)
    assert [r.verdict for r in results.values()] == [Verdict.PASSED, Verdict.ERROR, Verdict.PASSED]
    assert results["first"].stdout == "called 1\n"
    assert results["last"].stdout == "called 3\n"


def test_the_whole_run_has_an_end_too(outcome: Outcome) -> None:
    tests = "\n".join(f"def test_t{i}(solution, rng):\n    solution.f({i})" for i in range(8))
    limits = Limits(call_seconds=0.5, total_seconds=1.2, memory_mb=256)
    results = outcome(tests, "def f(x):\n    while True: pass", limits=limits)
    assert len(results) == 8
    assert {r.verdict for r in results.values()} == {Verdict.TIMED_OUT}
    assert sum(r.ms for r in results.values()) < 3000


def test_an_exception_expected_by_type_is_found_by_its_bases(outcome: Outcome) -> None:
    tests = """
    def test_own(solution, rng):
        expect.raises(ValueError, solution.own)
    def test_caught(solution, rng):
        try:
            solution.own()
        except ValueError as error:
            assert str(error) == "Mine: bad k"
    def test_other(solution, rng):
        expect.raises(ValueError, solution.other)
    def test_none(solution, rng):
        expect.raises(ValueError, solution.none)
    """
    source = """
    class Mine(ValueError): pass
    def own(): raise Mine("bad k")
    def other(): raise KeyError("k")
    def none(): return 5
    """
    results = outcome(tests, source)
    assert [r.verdict.value for r in results.values()] == ["passed", "passed", "failed", "failed"]
    assert "KeyError" in results["other"].got
    assert results["none"].got == "5"


def test_the_seed_decides_the_inputs_and_not_the_order(
    executor: LocalExecutor, make_scenario: Callable[..., Any]
) -> None:
    case = make_scenario(
        "def test_a(solution, rng):\n    expect.equal(solution.f(rng.normal()), 0)\n"
        "def test_b(solution, rng):\n    expect.equal(solution.f(rng.normal()), 0)"
    )

    def got(seed: int, tests: Any) -> dict[str, str]:
        run = executor.run_tests(case, "def f(x): return x", tests=tests, seed=seed)
        return {r.name: r.got for r in run.results}

    forward, backward = got(1, case.tests), got(1, case.tests[::-1])
    assert forward == backward
    assert forward["a"] != forward["b"]
    assert got(2, case.tests)["a"] != forward["a"]


def test_results_are_told_as_they_come(executor: LocalExecutor, make_scenario: Callable[..., Any]) -> None:
    case = make_scenario("def test_a(solution, rng): pass\ndef test_b(solution, rng): pass")
    told: list[str] = []
    run = executor.run_tests(case, "", tests=case.tests, on_result=lambda r: told.append(r.name))
    assert told == ["a", "b"]
    assert run.green
    assert run.source_sha and run.ms > 0


def test_broken_tests_are_our_fault(executor: LocalExecutor, make_scenario: Callable[..., Any]) -> None:
    case = make_scenario("def test_a(solution, rng): pass\nnope")
    run = executor.run_tests(case, "", tests=case.tests)
    assert run.verdict is Verdict.HARNESS_ERROR
    assert run.total == 0
    assert "NameError" in run.results[0].message
    missing = make_scenario("def test_a(solution, rng): pass")
    spec = TestSpec(name="absent", tier=Tier.CORE)
    assert executor.run_tests(missing, "", tests=(spec,)).verdict is Verdict.HARNESS_ERROR


def test_a_machine_that_cannot_start_the_sandbox_gets_a_value_not_an_exception(
    make_scenario: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "python", lambda: "/nonexistent/python")
    case = make_scenario(ONE)
    with LocalExecutor(layers=[]) as broken:
        broken.warm()
        run = broken.run_tests(case, "def f(x): return 2 * x", tests=case.tests)
        assert run.verdict is Verdict.HARNESS_ERROR
        assert run.total == 0
        assert broken.run_program(case, "").verdict is Verdict.HARNESS_ERROR
        assert "could not be graded" in broken.grade_own_tests(case, "assert True").message
        assert not any(report.on for report in broken.selftest())


def test_output_is_kept_short_and_safe(outcome: Outcome) -> None:
    source = "def f(x):\n    print('\\x1b[31mred\\x1b[0m \\x07[bold]' + 'é' + 'y' * 100000)\n    return 2 * x"
    result = outcome(ONE, source)["one"]
    assert result.verdict is Verdict.PASSED
    assert result.stdout.startswith("red [bold]éyyy")
    assert len(result.stdout) < 66_000
    assert "output cut" in result.stdout


def test_a_mutant_is_recognised_by_the_tests_it_fails(
    executor: LocalExecutor, make_scenario: Callable[..., Any]
) -> None:
    tests = """
    def test_one(solution, rng):
        assert solution.f(1) == 1
    def test_zero(solution, rng):
        assert solution.f(0) == 0
    def test_minus(solution, rng):
        assert solution.f(-1) == 1
    """
    case = make_scenario(
        tests,
        mutants={"no_abs": "", "off": ""},
        killed_by={"no_abs": ("minus",), "off": ("one", "zero")},
    )
    run = executor.run_tests(case, "def f(x): return x", tests=case.tests, recognise=True)
    assert run.recognition is not None
    assert (run.recognition.mutant, run.recognition.confidence) == ("no_abs", 1.0)
    silent = executor.run_tests(case, textwrap.dedent("def f(x): return x"), tests=case.tests)
    assert silent.recognition is None


def test_mutants_failing_the_same_tests_are_told_apart_by_what_they_give(
    executor: LocalExecutor, make_scenario: Callable[..., Any]
) -> None:
    tests = """
    def test_one(solution, rng):
        assert solution.f(1) == 1
    def test_two(solution, rng):
        expect.equal(solution.f(2), 4)
    """
    case = make_scenario(
        tests,
        mutants={"doubles": "def f(x): return x\n", "adds": "def f(x): return x + 7 * (x == 2)\n"},
        killed_by={"doubles": ("two",), "adds": ("two",)},
    )
    run = executor.run_tests(
        case, "def f(x):\n    return 9 if x == 2 else 1", tests=case.tests, recognise=True
    )
    assert run.recognition is not None and run.recognition.mutant == "adds"
    other = executor.run_tests(
        case, "def f(x):\n    return 7 if x == 2 else 1", tests=case.tests, recognise=True
    )
    assert other.recognition is None
