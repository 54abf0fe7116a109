"""Results of evaluations: their JSON, and the test of a difference, by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import UsageError
from interviewer.evaluation.compare import compare, sign_flip
from interviewer.evaluation.result import CaseResult, EvalResult, read_result


def case(persona: str, scenario: str, epoch: int = 0, **found: Any) -> CaseResult:
    return CaseResult(persona=persona, scenario=scenario, epoch=epoch, **{"expected": 5, **found})


def result(*cases: CaseResult) -> EvalResult:
    return EvalResult(interviewer="offline", seed=1, versions={"program": "0"}, cases=cases)


@pytest.mark.parametrize(
    ("differences", "p"),
    [
        ([1.0], 1.0),  # +1 -1
        ([1.0, 1.0], 2 / 4),  # 2 0 0 -2
        ([3.0, 1.0], 2 / 4),  # 4 2 -2 -4
        ([1.0, -1.0], 1.0),
        ([2.0, 1.0, -1.0], 6 / 8),  # of 4 2 2 0 0 -2 -2 -4 six are as far as 2
        ([0.2] * 5, 2 / 32),
        ([0.0, 0.0, 0.0], 1.0),
    ],
)
def test_sign_flips_counted_by_hand(differences: list[float], p: float) -> None:
    assert sign_flip(differences) == p


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8))
def test_p_is_a_share_and_knows_no_direction(differences: list[float]) -> None:
    p = sign_flip(differences)
    assert 0 < p <= 1
    assert p == sign_flip([-d for d in differences]) == sign_flip(differences[::-1])


def test_many_scenarios_are_sampled() -> None:
    assert sign_flip([0.1] * 30, draws=2000) == 1 / 2001
    mixed = [0.1, -0.1] * 10
    assert sign_flip(mixed, draws=2000) == 1.0


def test_epochs_are_averaged_and_scenarios_are_the_unit() -> None:
    breach = {"breaches": ("true_time: event 3 says 1:00 left",)}
    first = result(
        case("a", "x"), case("a", "x", 1, **breach), case("b", "x"),
        case("a", "y", out_of_range={"overall": "weak"}), case("gone", "y"),
    )  # fmt: skip
    second = result(case("a", "x"), case("b", "x"), case("a", "y"), case("new", "x", error="no answer"))
    found = compare(first, second)
    assert found.pairs == 3
    assert found.unpaired == ("new in x", "gone in y")
    conduct, in_range = found.metrics
    assert (conduct.metric, conduct.by_scenario) == ("conduct", {"x": 0.25, "y": 0.0})
    assert (conduct.first, conduct.second, conduct.difference) == (2.5 / 3, 1.0, 0.125)
    assert (conduct.p, conduct.smallest_p) == (1.0, 0.5)
    assert in_range.by_scenario == {"x": 0.0, "y": pytest.approx(0.2)}
    assert json.loads(json.dumps(found.to_json()))["metrics"][0]["metric"] == "conduct"


def test_an_interview_that_failed_counts_as_nothing_right() -> None:
    failed = case("a", "x", error="the model failed")
    assert (failed.conduct, failed.in_range, failed.fine) == (0.0, 0.0, False)
    assert not result().ok
    assert result(case("a", "x")).ok and not result(failed).ok


def test_evaluations_without_a_common_case_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="no case in common"):
        compare(result(case("a", "x")), result(case("a", "y")))


def test_a_result_survives_json() -> None:
    told = result(
        case("a", "x", levels={"overall": "weak", "rationale": None}, calls=3, tokens=900, failed_calls=1),
        case("b", "x", 2, out_of_range={"overall": "weak, expected strong"}, replaced=True),
    )
    assert read_result(json.loads(json.dumps(told.to_json())), "file") == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schema": 9}, "is not the result of an evaluation"),
        ({"cases": [{"persona": "a"}]}, "cannot be read: KeyError"),
        ({"cases": [{"persona": 1, "scenario": "x", "epoch": 0}]}, "names"),
        ({"cases": [{"persona": "a", "scenario": "x", "epoch": "soon"}]}, "ValueError"),
        ({"cases": 7}, "cannot be read: TypeError"),
        ({"versions": []}, "cannot be read"),
    ],
)
def test_a_broken_result_is_told_in_one_line(change: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        read_result({**result(case("a", "x")).to_json(), **change}, "old.json")
    assert str(caught.value).startswith("old.json: ") and "\n" not in str(caught.value)
