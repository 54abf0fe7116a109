"""Single features read from small logs, with values worked out by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from interviewer.domain.rubric import Rubric
from interviewer.domain.test_run import RunPurpose
from interviewer.scoring import RulesRater, gather, table
from interviewer.scoring.evidence.clarifying import steps
from interviewer.scoring.evidence.code import first_real_statement, substantive_lines
from interviewer.scoring.evidence.text import numbers
from interviewer.scoring.quality import code_quality

Make = Callable[..., Any]
STUB = "def kmeans(X, k):\n    a = X\n    b = k\n    c = a\n    return c\n"


@pytest.mark.parametrize(
    ("source", "real"),
    [
        ("def f(x):\n    pass\n", False),
        ('def f(x):\n    """Says\n    what it\n    does."""\n', False),
        ("def f(x):\n    a = 1\n    b = 2\n", False),
        ("def f(x):\n    a = 1\n    b = 2\n    return a\n", True),
        ("a = 1\nb = 2\nc = 3\n", False),
        ("def f(x):\n    # one\n    # two\n    # three\n    return x\n", False),
        ("def f(x):\n    a = 1\n    b = 2\n    for i in rang(\n", True),
    ],
)
def test_first_real_code_is_three_own_statements_in_a_function(source: str, real: bool) -> None:
    assert first_real_statement(source, frozenset(), 3) is real


def test_the_starter_is_not_own_code() -> None:
    starter = "def f(x):\n    a = 1\n    b = 2\n    return a\n"
    assert not first_real_statement(starter + "\n", substantive_lines(starter), 3)


def test_numbers_are_compared_by_value() -> None:
    assert numbers("x1 gives 2.50 and -3, then 1e3 (v2)") == ("2.5", "-3", "1000")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1. check k\n2. pick rows\n3. loop", 3),
        ("First check the input, then pick rows, then loop until it settles", 3),
        ("I just write it", 1),
    ],
)
def test_steps_of_an_outline(text: str, count: int) -> None:
    assert steps(text) == count


def test_windows_count_only_stretches_with_code_and_comments_count_at_most_as_often_as_speech(
    new_tape: Make, coding: Rubric
) -> None:
    tape = new_tape()
    for n in range(6):
        tape.code(f"{STUB}    # assign each of the {n} rows in X to its nearest centroid\n    d{n} = {n}\n")
        if n == 0:
            tape.say("I loop over k centroids here and keep the labels of X.")
            tape.at = 0
        tape.wait(180)
    tape.end()
    talk = gather(tape.log, tape.scenario, coding).talk
    assert talk.windows == (0, 1, 2, 3, 4, 5) and talk.spoken == (0,)
    assert len(talk.written) == 5 and talk.talked == 2


def test_an_early_submission_that_was_better_is_what_counts(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    tape.code(STUB)
    good = tape.run(RunPurpose.SUBMIT, ["tie_goes_low"])
    tape.code(STUB + "x = 1\n")
    tape.end()
    tape.run(RunPurpose.FINAL, ["two_pairs", "shapes", "tie_goes_low"])
    ran = gather(tape.log, tape.scenario, coding).execution
    assert ran.run_seq == good and ran.core == 1.0
    edges = [t for t in tape.scenario.tests if t.tier.value == "edge"]
    assert ran.edge == (len(edges) - 1) / len(edges)


def test_visible_and_silent_runs_are_no_submissions(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    tape.code(STUB)
    tape.run(RunPurpose.VISIBLE)
    tape.run(RunPurpose.PROBE)
    tape.end()
    evidence = gather(tape.log, tape.scenario, coding)
    assert evidence.execution.run is None and evidence.execution.unassessed
    technical = RulesRater().rate(tape.log, tape.scenario, coding).signals[1]
    assert technical.rating is None and technical.not_assessed == "the code was never run against the tests"


def test_hidden_tests_go_by_tier_number_and_topic(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    tape.code(STUB)
    tape.end()
    tape.run(RunPurpose.FINAL, ["empty_cluster", "two_pairs"], message="SECRET INPUT 42", line=3)
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    failing = [t for t in card.tests if t.verdict.value != "passed"]
    hidden, shown = (next(t for t in failing if t.hidden is flag) for flag in (True, False))
    assert hidden.name.startswith("hidden edge ") and "no points" in hidden.message
    assert "SECRET" not in hidden.message and (hidden.line, hidden.code_line) == (3, "b = k")
    assert shown.name == "two_pairs" and shown.message == "SECRET INPUT 42"
    names = {t.name for t in tape.scenario.tests if t.hidden}
    texts = [c.text for s in card.signals for c in s.reasons] + [m.claim.text for m in card.mistakes]
    assert not any(name in text for name in names for text in texts)


def test_where_nothing_can_run_a_trace_in_full_is_the_basic_check(new_tape: Make, coding: Rubric) -> None:
    for text, count in (
        ("For X = [[0], [2]] and k = 1 the centroid is 1 and the inertia should be 2.", 1),
        ("My code is certainly right.", 0),
    ):
        tape = new_tape(code_runs=False)
        tape.code(STUB)
        tape.say(text)
        tape.end()
        tape.run(RunPurpose.FINAL)
        assert gather(tape.log, tape.scenario, coding).features.own_checks == count


def test_a_value_stated_before_the_run_counts_and_one_copied_after_it_does_not(
    new_tape: Make, coding: Rubric
) -> None:
    counts = []
    for before in (True, False):
        tape = new_tape()
        tape.code(STUB)
        if before:
            tape.say("For these rows the inertia should be 13.5 in total.")
        tape.program(stdout="13.5\n")
        if not before:
            tape.say("Fine, it printed 13.5 in total.")
        tape.end()
        tape.run(RunPurpose.FINAL)
        counts.append(gather(tape.log, tape.scenario, coding).features.own_checks)
    assert counts == [1, 0]


def test_a_paste_nobody_speaks_of_caps_rationale(new_tape: Make, coding: Rubric) -> None:
    lines = "\n".join(f"    weight_{n} = X[{n}] * k" for n in range(30))
    pasted = f"def kmeans(X, k):\n{lines}\n    return weight_1\n"
    for said, flagged in (("Here it is.", True), ("weight_3 holds the third row of the product.", False)):
        tape = new_tape()
        tape.wait(60)
        tape.code(pasted)
        tape.say(said)
        tape.end()
        assert gather(tape.log, tape.scenario, coding).features.paste_unexplained is flagged


def test_a_probe_answered_with_a_sound_reason_is_justified_but_not_unasked(
    new_tape: Make, coding: Rubric
) -> None:
    tape = new_tape()
    tape.code(STUB)
    tape.probe("squared_distance")
    tape.say("It is monotone, the nearest stays the same.", pending=True)
    tape.probe("mean_update")
    tape.say("Well, that is simply the usual way to do it.", pending=True)
    tape.end()
    why = gather(tape.log, tape.scenario, coding).reasoning
    status = {j.decision.id: (j.status, j.unasked) for j in why.justifications if j.seq}
    assert status["squared_distance"] == ("sound", False) and status["mean_update"] == ("vague", False)
    assert why.proactive == 0.0


def test_a_misconception_corrected_later_is_a_correction(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    tape.code(STUB)
    tape.say("I use squared distances since squaring is robust to outliers.")
    tape.wait(30)
    tape.say("No wait, squared is enough because the root is monotone.")
    tape.end()
    evidence = gather(tape.log, tape.scenario, coding)
    f = evidence.features
    assert (f.misconceptions, f.corrected, f.justified) == (1, 1, 1)
    rows = RulesRater().rate(tape.log, tape.scenario, coding).decisions
    row = next(d for d in rows if d.status == "corrected")
    assert row.decision == "squared_distance"


def test_the_same_sentence_justifies_one_decision_only(new_tape: Make, coding: Rubric) -> None:
    both = (
        "I use squared distances and the mean, because the root is monotone, so the nearest stays the same, "
        "and the mean minimises the squared error."
    )
    for extra, count in (("", 1), (" The mean is right because it has the smallest squared error.", 2)):
        tape = new_tape()
        tape.code(STUB)
        tape.say(both + extra)
        tape.end()
        assert gather(tape.log, tape.scenario, coding).features.justified == count


def test_a_belief_beside_a_reason_counts_unless_it_is_rejected(new_tape: Make, coding: Rubric) -> None:
    for text, status in (
        ("Squared distance, because the root is monotone and it is robust to outliers.", "misconception"),
        ("Squared distance because the root is monotone, not because it is robust to outliers.", "sound"),
    ):
        tape = new_tape()
        tape.code(STUB)
        tape.say(text)
        tape.end()
        found = gather(tape.log, tape.scenario, coding).reasoning.justifications
        assert {j.decision.id: j.status for j in found}["squared_distance"] == status


def test_without_any_code_every_stretch_is_looked_at(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    for _ in range(4):
        tape.say("The centroid of each cluster moves to the mean of its points in every round.")
        tape.wait(178)
    tape.end()
    talk = gather(tape.log, tape.scenario, coding).talk
    assert talk.windows == (0, 1, 2, 3, 4) and talk.spoken == (0, 1, 2, 3)


def test_long_tangents_are_rambling_and_short_remarks_on_the_subject_are_not(
    new_tape: Make, coding: Rubric
) -> None:
    tangent = (
        "At my last company we had a huge platform migration and I spent most of that spring arguing about "
        "build servers, which was quite a story because the whole office moved at the same time."
    )
    tape = new_tape()
    tape.code(STUB)
    tape.say(tangent)
    tape.say("The centroid is the mean.")
    tape.end()
    ramble = gather(tape.log, tape.scenario, coding).talk.ramble
    assert ramble == len(tangent.split()) / (len(tangent.split()) + 5)


def test_a_question_that_asks_for_words_is_acted_on_by_answering(new_tape: Make, coding: Rubric) -> None:
    for trigger, line, acted in (
        ("silence_first", "Talk me through what you just wrote.", True),
        ("mean_of_nothing", "What happens on that line if no label equals j?", False),
        ("phase_spent_clarify", "The time for this phase is used.", None),
    ):
        tape = new_tape()
        tape.code(f"{STUB}m = X[labels == j].mean(0)\n")
        tape.interject(trigger, line)
        tape.say("That line takes the mean of the points of cluster j.", pending=True)
        tape.end()
        exchanges = gather(tape.log, tape.scenario, coding).talk.exchanges
        assert [bool(x.acted) for x in exchanges] == ([] if acted is None else [acted])


def test_being_told_that_it_is_enough_is_acted_on_by_leaving_the_code_alone(
    new_tape: Make, coding: Rubric
) -> None:
    for goes_on in (False, True):
        tape = new_tape()
        tape.code(STUB)
        tape.interject("scope", "I am happy with the scope.")
        tape.wait(60)
        if goes_on:
            tape.code(STUB + "more = 1\n")
        tape.end()
        (exchange,) = gather(tape.log, tape.scenario, coding).talk.exchanges
        assert bool(exchange.acted) is not goes_on


def test_help_without_an_attempt_in_between_is_asking_for_answers(new_tape: Make, coding: Rubric) -> None:
    tape = new_tape()
    for _ in range(3):
        tape.say("I am stuck, what should I do next?")
    tape.code(STUB)
    tape.say("I am stuck, what should I do next?")
    tape.end()
    assert gather(tape.log, tape.scenario, coding).features.extraction == 2


# --- code quality -----------------------------------------------------------------------------


def quality(source: str) -> Any:
    return code_quality(textwrap.dedent(source), ("kmeans",))


def test_clean_code_has_nothing_to_remark() -> None:
    found = quality(
        """
        import numpy as np

        def distances(X, C):
            return ((X[:, None] - C) ** 2).sum(-1)

        def kmeans(X, k):
            C = np.array(X[:k])
            return distances(X, C)
        """
    )
    assert (found.share, found.remarks) == (1.0, ())


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("def kmeans(X):\n" + "    x = 1\n" * 45 + "    return x\n", "lines long"),
        ("def kmeans(X):\n    tmp = X\n    return tmp\n", "says little"),
        ("import os\n\ndef kmeans(X):\n    return X\n", "imported and not used"),
        ("def helper(X):\n    return X\n\ndef kmeans(X):\n    return X\n", "never called"),
        ("def kmeans(X):\n    total = 1\n    return X\n", "set and not used"),
        ("def kmeans(X):\n    return X\n    print(X)\n", "cannot be reached"),
        (
            "def kmeans(X):\n    if X:\n        a = X + 1\n        b = a * 2\n        c = b - "
            "a\n        return c\n"
            "    else:\n        a = X + 1\n        b = a * 2\n        c = b - a\n        return -c\n",
            "same block",
        ),
        ("def kmeans(X:\n", "not valid Python"),
    ],
)
def test_each_fault_of_quality_is_remarked_and_costs(source: str, word: str) -> None:
    found = code_quality(source, ("kmeans",))
    assert any(word in r for r in found.remarks) and found.share < 1


def test_weighted_view_adds_up(strong: Make, coding: Rubric) -> None:
    tape = strong(failing=frozenset({"two_pairs"}))
    card = RulesRater().rate(tape.log, tape.scenario, coding)
    shares = {r.id: r.share for r in card.weighted}
    assert shares["correctness"] == 0.75 and shares["edge_cases"] == 1.0
    by_hand = sum((r.share or 0) * r.weight for r in card.weighted)
    assert card.weighted_total == pytest.approx(by_hand, abs=0.05)
    assert table.FORMULA
