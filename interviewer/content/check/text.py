"""What can be checked by reading a scenario's texts: names, amounts and files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from interviewer.content.roots import own_root
from interviewer.content.scenarios import scenario_files
from interviewer.domain.phases import Kind
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import Fact, Scenario
from interviewer.domain.test_run import Tier
from interviewer.errors import Problem, nearest

# Blocks of the two-week plan.
TOPICS = ("linear", "trees", "clustering", "nets", "data", "metrics", "practice")
FACTS = (4, 9)
HINTS = 3
DECISIONS = 2
FOLLOW_UPS = 3
INTERJECTIONS = 2
MUTANTS = 8
SOLUTIONS = 2
VISIBLE = (2, 4)
PROBES = {"no_term": 3, "non_native": 2, "assumption": 1}
ESSENTIAL_PROBES = 8
OTHER_PROBES = 3
BRIEF_WORDS = 150

_TOP_FILES = {"scenario.toml", "brief.md", "guide.md"}
_CODE_FILES = {"starter.py", "reference.py", "tests.py"}
_FENCE = re.compile(r"^```.*?^```\s*?$", re.MULTILINE | re.DOTALL)


def text_problems(scenario: Scenario, folder: Path, own: tuple[Fact, ...]) -> Iterator[Problem]:
    """Problems found without running anything; `own` are the facts without the common ones."""
    label = f"{folder.parent.name}/{folder.name}"
    file = f"{label}/scenario.toml"
    yield from _known_names(scenario, folder, file)
    yield from _amounts(scenario, own, file)
    yield from _brief(scenario, label)
    yield from _strays(scenario, folder, label)
    yield from _pairs(scenario, own, file)
    if scenario.kind is Kind.CODING:
        yield from _coding_amounts(scenario, folder, file)


def _known_names(scenario: Scenario, folder: Path, file: str) -> Iterator[Problem]:
    places = (own_root().rubrics, folder.parent.parent / "rubrics")
    known = sorted({path.stem for place in places for path in place.glob("*.toml")})
    for key, given, allowed in (
        ("rubric", (scenario.rubric,), known),
        ("topics", scenario.topics, TOPICS),
    ):
        for name in given:
            if name not in allowed:
                near = nearest(name, allowed)
                remedy = f"did you mean {near}?" if near else f"known: {', '.join(allowed)}"
                yield Problem(file, f"{name!r} is not known", key=key, remedy=remedy)
    if not scenario.topics:
        yield Problem(file, "are missing", key="topics", remedy=f"name some of: {', '.join(TOPICS)}")


def prose(brief: str) -> str:
    """A brief without its code blocks."""
    return _FENCE.sub("", brief)


def _amounts(scenario: Scenario, own: tuple[Fact, ...], file: str) -> Iterator[Problem]:
    if not FACTS[0] <= len(own) <= FACTS[1]:
        yield Problem(file, f"are {len(own)}", key="facts", remedy=f"have {FACTS[0]} to {FACTS[1]}")
    if not any(f.essential for f in own):
        yield Problem(file, "hold no essential one", key="facts", remedy="set essential = true where it is")
    for index, fact in enumerate(own):
        yield from _probe_amounts(fact, file, f"facts[{index}].probes")
    if len(scenario.hints) != HINTS:
        yield Problem(file, f"are {len(scenario.hints)}", key="hints", remedy=f"have exactly {HINTS}")
    if len(scenario.follow_ups) < FOLLOW_UPS:
        remedy = f"have at least {FOLLOW_UPS}"
        yield Problem(file, f"are {len(scenario.follow_ups)}", key="follow_ups", remedy=remedy)
    if not any(f.level is Seniority.SENIOR for f in scenario.follow_ups):
        yield Problem(file, "hold none for seniors", key="follow_ups", remedy='set level = "senior" for one')
    for index, follow_up in enumerate(scenario.follow_ups):
        if len(follow_up.points) < 2:
            yield Problem(file, "are fewer than two", key=f"follow_ups[{index}].points")


def _probe_amounts(fact: Fact, file: str, key: str) -> Iterator[Problem]:
    total = len(fact.probes.all)
    wanted = ESSENTIAL_PROBES if fact.essential else OTHER_PROBES
    if total < wanted:
        what = "an essential fact" if fact.essential else "a fact"
        yield Problem(file, f"are {total}", key=key, remedy=f"{what} needs at least {wanted}")
    if fact.essential:
        for style, least in PROBES.items():
            given = len(getattr(fact.probes, style))
            if given < least:
                yield Problem(file, f"are {given}", key=f"{key}.{style}", remedy=f"write at least {least}")


def _coding_amounts(scenario: Scenario, folder: Path, file: str) -> Iterator[Problem]:
    solutions = list((folder / "solutions").glob("*.py"))
    counted = (
        ("decisions", len(scenario.decisions), DECISIONS),
        ("interjections", len(scenario.interjections), INTERJECTIONS),
        ("mutants", len(scenario.mutants), MUTANTS),
        ("solutions/*.py", len(solutions), SOLUTIONS),
    )
    for key, given, least in counted:
        if given < least:
            yield Problem(file, f"are {given}", key=key, remedy=f"have at least {least}")
    if not any(d.misconceptions for d in scenario.decisions):
        yield Problem(file, "name no misconception", key="decisions")
    for index, decision in enumerate(scenario.decisions):
        if not decision.reasons:
            yield Problem(file, "are missing", key=f"decisions[{index}].reasons")
    for tier in Tier:
        if not any(t.tier is tier for t in scenario.tests):
            yield Problem(file, f"hold none of tier {tier.value}", key="tests")
    visible = scenario.visible()
    if not VISIBLE[0] <= len(visible) <= VISIBLE[1]:
        remedy = f"show {VISIBLE[0]} to {VISIBLE[1]} (hidden = false)"
        yield Problem(file, f"are {len(visible)} visible", key="tests", remedy=remedy)
    for index, test in enumerate(scenario.tests):
        if not test.hidden and test.tier is not Tier.CORE:
            yield Problem(file, "is visible and not core", key=f"tests[{index}].tier")
        if not test.hidden and not test.about:
            yield Problem(file, "is missing; candidates see it", key=f"tests[{index}].about")


def _brief(scenario: Scenario, label: str) -> Iterator[Problem]:
    words = len(prose(scenario.brief).split())
    if not words:
        yield Problem(f"{label}/brief.md", "says nothing")
    if words > BRIEF_WORDS:
        yield Problem(
            f"{label}/brief.md",
            f"has {words} words",
            remedy=f"stay below {BRIEF_WORDS}; leave something to ask",
        )
    if not scenario.guide.strip():
        yield Problem(f"{label}/guide.md", "says nothing")


def _strays(scenario: Scenario, folder: Path, label: str) -> Iterator[Problem]:
    for path in scenario_files(folder):
        relative = path.relative_to(folder)
        known = relative.name in _TOP_FILES and len(relative.parts) == 1
        if scenario.kind is Kind.CODING:
            known = known or (relative.name in _CODE_FILES and len(relative.parts) == 1)
            nested = len(relative.parts) == 2 and relative.parts[0] in ("mutants", "solutions")
            known = known or (nested and relative.suffix == ".py")
        if not known:
            yield Problem(f"{label}/{relative.as_posix()}", "is no part of a scenario", remedy="remove it")


def _pairs(scenario: Scenario, own: tuple[Fact, ...], file: str) -> Iterator[Problem]:
    named = {f.id: set(f.tests) for f in own}
    for index, test in enumerate(scenario.tests):
        if test.fact in named and test.name not in named[test.fact]:
            at = next(i for i, f in enumerate(own) if f.id == test.fact)
            yield Problem(
                file,
                f"checks {test.fact!r}, which does not name it",
                key=f"tests[{index}].fact",
                remedy=f'add "{test.name}" to facts[{at}].tests',
            )
