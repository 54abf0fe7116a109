from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.domain.scenario import Mutant
from interviewer.domain.test_run import TestResult, Tier, Verdict
from interviewer.executor.recognise import recognise, settle, tied

TESTS = ["a", "b", "c", "d", "e", "f"]


def mutant(name: str, *killed_by: str) -> Mutant:
    return Mutant(id=name, misconception=f"about {name}", question=f"what of {name}?", killed_by=killed_by)


def results(failing: str, ran: str = "abcdef", verdict: Verdict = Verdict.FAILED) -> list[TestResult]:
    return [
        TestResult(name=n, tier=Tier.CORE, hidden=True, verdict=verdict if n in failing else Verdict.PASSED)
        for n in ran
    ]


MUTANTS = [mutant("m1", "a"), mutant("m2", "a", "b"), mutant("m3", "c", "d", "e"), mutant("m4", "f")]


def test_an_exact_signature_is_recognised_for_certain() -> None:
    found = recognise(results("ab"), MUTANTS, TESTS)
    assert found is not None
    assert (found.mutant, found.misconception, found.question) == ("m2", "about m2", "what of m2?")
    assert found.confidence == 1.0


def test_a_unique_near_signature_is_recognised_with_less_confidence() -> None:
    found = recognise(results("cd"), MUTANTS, TESTS)
    assert found is not None and found.mutant == "m3"
    assert found.confidence == 0.6  # 2 of 3 shared, lowered by a tenth


def test_equal_signatures_name_nobody() -> None:
    twins = [*MUTANTS, mutant("twin", "f")]
    assert recognise(results("f"), twins, TESTS) is None
    assert {m.id for m in tied(results("f"), twins)} == {"m4", "twin"}
    assert tied(results("f"), MUTANTS) == ()
    assert tied(results("abcdef"), [mutant("x", *TESTS), mutant("y", *TESTS)]) == ()


def failing(got: str, names: str = "ab", message: str = "values differ") -> list[TestResult]:
    return [
        TestResult(
            name=n,
            tier=Tier.CORE,
            hidden=True,
            verdict=Verdict.FAILED,
            message=message,
            got=got,
            expected="1",
        )
        for n in names
    ]


def test_equal_signatures_are_told_apart_by_how_they_fail() -> None:
    twins = [mutant("zero", "a", "b"), mutant("nan", "a", "b")]
    runs = {"zero": failing("0.0"), "nan": failing("nan")}
    mine = [*failing("nan"), *results("", ran="cdef")]
    found = settle(mine, runs, twins, TESTS)
    assert found is not None
    assert (found.mutant, found.confidence) == ("nan", 0.9)
    assert settle([*failing("5.0"), *results("", ran="cdef")], runs, twins, TESTS) is None
    assert settle(mine, {"zero": failing("nan"), "nan": failing("nan")}, twins, TESTS) is None
    assert settle(results(""), runs, twins, TESTS) is None
    assert settle(mine, {}, twins, TESTS) is None


def test_two_near_ones_name_nobody() -> None:
    near = [mutant("one", "a", "b", "c"), mutant("two", "a", "b", "d")]
    assert recognise(results("ab"), near, TESTS) is None


def test_a_far_signature_names_nobody() -> None:
    assert recognise(results("ef"), MUTANTS, TESTS) is None


def test_all_passing_all_failing_and_nothing_run_name_nobody() -> None:
    assert recognise(results(""), MUTANTS, TESTS) is None
    assert recognise(results("abcdef"), MUTANTS, TESTS) is None
    assert recognise([], MUTANTS, TESTS) is None
    assert recognise(results("a"), [], TESTS) is None


def test_harness_errors_are_no_failures() -> None:
    assert recognise(results("a", verdict=Verdict.HARNESS_ERROR), MUTANTS, TESTS) is None


def test_a_part_of_the_tests_gives_part_of_the_confidence() -> None:
    found = recognise(results("c", ran="abc"), MUTANTS, TESTS)
    assert found is not None and found.mutant == "m3"
    assert found.confidence == 0.75  # exact on what ran, half of the tests ran


@settings(deadline=None)
@given(st.sets(st.sampled_from(TESTS)), st.permutations(MUTANTS))
def test_the_order_of_the_mutants_does_not_matter(failing: set[str], order: list[Mutant]) -> None:
    assert recognise(results("".join(failing)), order, TESTS) == recognise(
        results("".join(failing)), MUTANTS, TESTS
    )


@settings(deadline=None)
@given(st.sets(st.sampled_from(TESTS), min_size=1))
def test_confidence_is_a_share(failing: set[str]) -> None:
    found = recognise(results("".join(failing)), MUTANTS, TESTS)
    assert found is None or 0.0 < found.confidence <= 1.0
