"""Each detector on a log that shows its mistake, on one that recovers, and on one that has neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from interviewer.domain.rubric import Rubric
from interviewer.domain.scorecard import Mistake
from interviewer.domain.test_run import Recognition, RunPurpose
from interviewer.scoring import RulesRater
from interviewer.scoring.mistakes import DETECTORS, MISTAKES

Make = Callable[..., Any]
STUB = "def kmeans(X, k):\n    a = X\n    b = k\n    c = a\n    return c\n"


def found(tape: Any, rubric: Rubric) -> dict[str, Mistake]:
    return {m.id: m for m in RulesRater().rate(tape.log, tape.scenario, rubric).mistakes}


def test_both_lists_of_ten_are_covered_and_each_entry_has_a_detector() -> None:
    codes = {code for m in MISTAKES.values() for code in m.codes}
    assert codes == {f"{letter}{n}" for letter in "IJ" for n in range(1, 11)}
    assert set(DETECTORS) == set(MISTAKES)
    for m in MISTAKES.values():
        assert m.inference and m.avoidance and m.recovery


def test_the_strong_candidate_makes_none(strong: Make, coding: Rubric) -> None:
    assert found(strong(), coding) == {}


def typing_for(tape: Any, minutes: int) -> None:
    for minute in range(minutes):
        tape.wait(60)
        tape.code(f"{STUB}# {minute}\nx{minute} = {minute}\n")


def test_silence_and_a_second_half_with_talk(new_tape: Make, coding: Rubric) -> None:
    quiet, turned = new_tape(), new_tape()
    typing_for(quiet, 15)
    typing_for(turned, 15)
    for minute in range(6):
        tape = turned
        tape.wait(60)
        tape.code(f"{STUB}y{minute} = {minute}\n")
        tape.say("Here I assign each point of X to the nearest centroid, k distances at a time.")
        tape.wait(100)
        tape.code(f"{STUB}z{minute} = {minute}\n")
    for tape in (quiet, turned):
        tape.end()
    assert not found(quiet, coding)["silent"].recovered
    assert found(turned, coding)["silent"].recovered


def test_panic_and_its_end(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    for n in range(4):
        tape.wait(20)
        tape.code(f"{STUB}x = {n}\n")
        tape.program(fails=True)
    tape.end()
    assert not found(tape, coding)["panic"].recovered
    calm = new_tape()
    for n in range(4):
        calm.wait(20)
        calm.code(f"{STUB}x = {n}\n")
        calm.program(fails=True)
        calm.say("I print the shape of X on that line: I expected (n, d) and got (d,).")
    calm.end()
    assert "panic" not in found(calm, coding)
    tape = new_tape()
    for n in range(3):
        tape.wait(20)
        tape.code(f"{STUB}x = {n}\n")
        tape.program(fails=True)
    tape.program()
    tape.end()
    assert found(tape, coding)["panic"].recovered


def test_brushing_a_remark_aside_and_a_reasoned_no(new_tape: Make, coding: Rubric) -> None:
    line = "What happens on that line if no label equals j?"
    for reply, bad in (
        ("That's how everybody does it, trust me.", True),
        ("It is fine, because everybody does it.", True),
        ("It is fine: rows.any() is checked first, because X[rows] of no rows would give NaN.", False),
        ("Good point, let me check what the mean of an empty cluster gives.", False),
    ):
        tape = new_tape()
        tape.wait(30)
        tape.code(f"{STUB}    m = X[labels == j].mean(0)\n")
        tape.interject("mean_of_nothing", line)
        tape.wait(5)
        tape.say(reply, pending=True)
        tape.wait(60)
        tape.end()
        assert ("defensive" in found(tape, coding)) == bad, reply


def test_a_later_remark_taken_up_is_the_recovery(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    tape.wait(30)
    mean = "m = X[labels == j].mean(0)\n"
    tape.code(f"{STUB}{mean}while True:\n    pass\n")
    tape.interject("mean_of_nothing", "What happens on that line if no label equals j?")
    tape.say("It doesn't matter, that never happens.", pending=True)
    tape.wait(30)
    tape.interject("endless_loop", "What makes that loop end?")
    tape.say("Right, max_iter has to end the loop, I put it in.", pending=True)
    tape.code(f"{STUB}{mean}for _ in range(max_iter):\n    pass\n")
    tape.wait(60)
    tape.end()
    mistake = found(tape, coding)["defensive"]
    assert mistake.recovered and mistake.recovery is not None


def test_going_on_after_it_was_solved(new_tape: Make, coding: Rubric, strong: Make) -> None:
    def session(*, answering: bool) -> Any:
        tape = new_tape()
        tape.wait(60)
        tape.code(STUB)
        tape.run(RunPurpose.VISIBLE)
        tape.run(RunPurpose.SUBMIT)
        tape.program(["assert kmeans([[1]], 1) == [[1]]"])
        for n in range(20):
            if answering and n % 4 == 0:
                tape.follow_up(tape.scenario.follow_ups[n // 4 % 4].id) if n < 16 else None
            tape.wait(30)
            tape.code(f"{STUB}    extra_{n} = cache({n})\n")
        tape.end()
        return tape

    plain, asked = session(answering=False), session(answering=True)
    assert found(plain, coding)["past_the_end"].claim.events
    share = {t: RulesRater().rate(t.log, t.scenario, coding) for t in (plain, asked)}
    assert len(share) == 2 and "past_the_end" not in found(asked, coding)


def test_speed_before_it_works(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    tape.wait(30)
    tape.code(f"from functools import lru_cache\n\n\n@lru_cache\n{STUB}")
    tape.wait(60)
    tape.end()
    assert found(tape, coding)["premature"].claim.events


def test_needless_classes_but_one_class_is_fine(new_tape: Make, coding: Rubric) -> None:
    one = f"class Model:\n    def fit(self):\n        return 1\n\n\n{STUB}"
    for text, bad in ((one, False), (f"class Base:\n    pass\n\n\n{one}", True)):
        tape = new_tape()
        tape.wait(30)
        tape.code(text)
        tape.end()
        assert ("needless_classes" in found(tape, coding)) == bad


@pytest.mark.parametrize(
    ("misconception", "expected"),
    [
        ("exp overflows for large scores", "overflow"),
        ("the bias is left out", "no_bias"),
        ("columns need not be scaled before descent", "no_scaling"),
        ("summing over all axes gives the same mean", "shapes"),
    ],
)
def test_a_recognised_misconception_is_named_and_its_cure_credited(
    misconception: str, expected: str, new_tape: Make, coding: Rubric
) -> None:
    known = Recognition(mutant="m", misconception=misconception, question="?", confidence=1.0)
    for cured in (False, True):
        tape = new_tape()
        tape.wait(30)
        tape.code(STUB)
        tape.run(RunPurpose.SUBMIT, ["settles"], recognition=known)
        tape.end()
        tape.run(RunPurpose.FINAL, [] if cured else ["settles"], recognition=None if cured else known)
        assert found(tape, coding)[expected].recovered is cured


def test_leakage_left_caps_and_leakage_removed_is_credited(new_tape: Make, coding: Rubric) -> None:
    known = Recognition(mutant="m", misconception="looks into the future", question="?", confidence=1.0)
    scenario = new_tape().scenario
    from dataclasses import replace

    from interviewer.domain.scenario import Mutant, Pattern

    mutant = Mutant(id="m", misconception="looks into the future", question="?", killed_by=("settles",))
    leaky = replace(scenario, mutants=(mutant,), patterns=(Pattern.WINDOWS,))
    for cured in (False, True):
        tape = new_tape(scenario=leaky)
        tape.wait(30)
        tape.code(STUB)
        tape.run(RunPurpose.SUBMIT, ["settles"], recognition=known)
        tape.end()
        tape.run(RunPurpose.FINAL, [] if cured else ["settles"], recognition=None if cured else known)
        card = RulesRater().rate(tape.log, leaky, coding)
        mistake = next(m for m in card.mistakes if m.id == "leakage")
        assert mistake.recovered is cured
        caps = [r.text for s in card.signals for r in s.reasons if "leakage" in r.text.lower()]
        assert caps


def test_edges_only_when_prompted(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    tape.wait(30)
    tape.code(STUB)
    tape.interject("mean_of_nothing", "What happens on that line if no label equals j?")
    tape.say("Then the cluster is empty and the mean is NaN.", pending=True)
    tape.end()
    tape.run(RunPurpose.FINAL)
    mistake = found(tape, coding)["edges_prompted"]
    assert mistake.recovered
    own = new_tape()
    own.say("What should happen when a cluster ends up with no points, an edge case?")
    own.code(STUB)
    own.end()
    assert "edges_prompted" not in found(own, coding)


def test_leakage_is_recognised_in_the_shipped_scenarios_that_are_about_it() -> None:
    from interviewer.content.catalogue import Catalogue
    from interviewer.scoring.evidence.leaks import leak_mutants, leak_tests

    catalogue = Catalogue()
    rolling, leaky = catalogue.get("rolling_user_features"), catalogue.get("debug_leaky_pipeline")
    assert {"sees_itself", "centred"} == leak_mutants(rolling)
    assert {"all_rows_scaled", "fits_on_everything", "trains_on_everything"} == leak_mutants(leaky)
    assert any({"own_amount", "later_rows"} <= tests for tests in leak_tests(rolling))
    assert any("other_test_rows" in tests for tests in leak_tests(leaky))
    plain = catalogue.get("kmeans_lloyd")
    assert not leak_tests(plain) and not leak_mutants(plain)


def test_general_failure_is_not_called_leakage(new_tape: Make, coding: Rubric) -> None:
    from interviewer.content.catalogue import Catalogue

    scenario = Catalogue().get("rolling_user_features")
    everything = [t.name for t in scenario.tests]
    for failing, leaks in ((["own_amount", "later_rows", "one_user"], True), (everything, False)):
        tape = new_tape(scenario=scenario)
        tape.wait(30)
        tape.code("def rolling_features(a, b, c, d):\n    x = 1\n    y = 2\n    z = 3\n    return x\n")
        tape.end()
        tape.run(RunPurpose.FINAL, failing)
        card = RulesRater().rate(tape.log, scenario, coding)
        assert ("leakage" in {m.id for m in card.mistakes}) is leaks


def test_another_quantity_than_the_one_asked_for(new_tape: Make, coding: Rubric) -> None:
    from interviewer.content.catalogue import Catalogue

    scenario = Catalogue().get("roc_auc_ties")
    core = [t.name for t in scenario.tests if t.tier.value == "core"]
    for failing, seen in ((core, True), (core[:1], False)):
        for cured in (False, True):
            tape = new_tape(scenario=scenario)
            tape.wait(30)
            tape.code("def roc_auc(y, s):\n    a = 1\n    b = 2\n    c = 3\n    return a\n")
            tape.run(RunPurpose.SUBMIT, failing)
            tape.end()
            tape.run(RunPurpose.FINAL, [] if cured else failing)
            mistakes = {m.id: m for m in RulesRater().rate(tape.log, scenario, coding).mistakes}
            assert ("wrong_metric" in mistakes) is seen
            if seen:
                assert mistakes["wrong_metric"].recovered is cured
