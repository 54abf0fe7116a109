"""The shipped rubrics as data, and rounds that are rated by points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewer.content.rubrics import load_rubric, read_rubric, rubrics
from interviewer.domain.phases import Kind
from interviewer.domain.rubric import Level, Seniority
from interviewer.domain.scenario import FollowUp, Point, Scenario
from interviewer.errors import ContentError
from interviewer.scoring import RulesRater, table
from interviewer.scoring.points import signals_of

Make = Callable[..., Any]


def test_three_rubrics_with_their_signals() -> None:
    found = {r.id: tuple(s.id for s in r.signals) for r in rubrics().values()}
    assert found == {
        "ml_coding": table.SIGNALS,
        "ml_concepts": ("data_handling", "model_selection", "optimisation", "evaluation", "production"),
        "ml_system_design": ("problem_understanding", "data", "modelling", "deployment", "communication"),
    }


@pytest.mark.parametrize("name", ["ml_coding", "ml_concepts", "ml_system_design"])
def test_four_levels_in_order_senior_words_and_a_decision_for_each_level(name: str) -> None:
    rubric = load_rubric(name)
    assert rubric.version >= 1 and rubric.formula
    for signal in rubric.signals:
        assert [lv.level.rank for lv in signal.levels] == [0, 1, 2, 3], signal.id
        assert signal.senior and signal.checklist and signal.definition
    assert [d.level.rank for d in rubric.decisions] == [0, 1, 2, 3]


def test_mixed_is_the_second_level_of_model_selection_alone() -> None:
    mixed = [
        (r.id, s.id)
        for r in rubrics().values()
        for s in r.signals
        if any(lv.level is Level.MIXED for lv in s.levels)
    ]
    assert mixed == [("ml_concepts", "model_selection")]


def test_the_weighted_view_is_30_25_20_15_10_and_links_to_the_signals() -> None:
    weights = load_rubric("ml_coding").weights
    assert [w.weight for w in weights] == [30, 25, 20, 15, 10]
    assert {w.id: w.signals for w in weights} == {
        "correctness": ("technical_skills",),
        "ml_understanding": ("rationale",),
        "code_quality": ("technical_skills",),
        "edge_cases": ("technical_skills",),
        "communication": ("communication",),
    }


def test_system_design_has_extras_for_four_roles() -> None:
    roles = load_rubric("ml_system_design").roles
    assert [r.id for r in roles] == ["computer_vision", "nlp", "llm", "recommendation"]
    assert all(len(r.checklist) >= 3 for r in roles)


def test_decision_mappings_differ() -> None:
    coding = {d.level: d.decision for d in load_rubric("ml_coding").decisions}
    concepts = {d.level: d.decision for d in load_rubric("ml_concepts").decisions}
    assert (coding[Level.WEAK], concepts[Level.WEAK]) == ("No hire", "Open")
    assert coding[Level.VERY_STRONG] == concepts[Level.VERY_STRONG] == "Strong hire"


def test_a_broken_rubric_names_every_problem(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('id = "other"\nversion = "1"\nkind = "coding"\ntitel = "x"\nformula = ""\nsignals = []\n')
    with pytest.raises(ContentError) as caught:
        read_rubric(file)
    said = str(caught.value)
    assert "titel" in said and "version" in said and "decisions" in said


# --- rounds rated by points -------------------------------------------------------------------


def question(name: str, level: Seniority = Seniority.MID) -> FollowUp:
    points = tuple(Point(text=f"point {n}", aliases=(rf"\bp{n}\b",)) for n in range(1, 5))
    return FollowUp(id=name, question=f"What about {name}?", points=points, level=level)


@pytest.fixture
def concepts(kmeans: Scenario) -> Scenario:
    names = ("data_handling_reduce", "model_selection", "production_refresh")
    return replace(
        kmeans, id="kmeans_lloyd", kind=Kind.CONCEPTS, rubric="ml_concepts", facts=(), decisions=(), tests=(),
        mutants=(), interjections=(), follow_ups=tuple(question(n) for n in names),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("I have no idea at all.", "very_weak"),
        ("There is p1 to think of.", "weak"),
        ("There is p1 and there is p2 to think of.", "strong"),
        ("There is p1, p2 and p3, in this order.", "very_strong"),
    ],
)
def test_points_made_give_the_level(answer: str, expected: str, concepts: Scenario, new_tape: Make) -> None:
    tape = new_tape(scenario=concepts)
    for name in ("data_handling_reduce", "model_selection"):
        tape.wait(60)
        tape.follow_up(name)
        tape.say(answer, pending=True)
    tape.end()
    rubric = load_rubric("ml_concepts")
    card = RulesRater().rate(tape.log, concepts, rubric)
    rated = {s.signal: s for s in card.signals}
    assert rated["data_handling"].rating is Level(expected)
    mixed = "mixed" if expected == "weak" else expected
    assert rated["model_selection"].rating is Level(mixed)
    for signal in ("optimisation", "evaluation", "production"):
        assert rated[signal].rating is None and rated[signal].not_assessed
    assert card.overall is not None and card.overall.rank == Level(expected).rank
    assert card.decision == {"weak": "Open", "very_weak": "No hire"}.get(expected, card.decision)
    assert card.dropped_claims == 0 and rated["data_handling"].reasons[0].events


def test_a_senior_needs_more_points(concepts: Scenario, new_tape: Make) -> None:
    levels = []
    for seniority in (Seniority.MID, Seniority.SENIOR):
        tape = new_tape(scenario=concepts, seniority=seniority)
        tape.follow_up("data_handling_reduce")
        tape.say("There is p1 and there is p2 to think of.", pending=True)
        tape.end()
        card = RulesRater().rate(tape.log, concepts, load_rubric("ml_concepts"))
        levels.append(next(s.rating for s in card.signals if s.signal == "data_handling"))
    assert levels == [Level.STRONG, Level.WEAK]


def test_items_find_their_signals() -> None:
    signals = ("data", "data_handling", "modelling")
    assert signals_of("data_handling_x", signals) == ("data_handling",)
    assert signals_of("data", signals) == ("data",)
    assert signals_of("database", signals) == ()
    assert signals_of("anything", signals, ("modelling", "data")) == ("data", "modelling")
