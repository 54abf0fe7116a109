"""Every name a scenario uses must exist once, and every rule must be a regular expression."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from interviewer.content.shape import read_text
from interviewer.domain.phases import Kind
from interviewer.domain.scenario import Fact, Scenario, TriggerKind
from interviewer.errors import ContentError, Problem, nearest
from interviewer.matching.rules import compile_rule

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")


def name_problems(own: Scenario, merged: Scenario, folder: Path, file: str) -> list[Problem]:
    """Problems of ids, cross references, files and rules.

    `own` is the scenario as written, `merged` the same with the common facts.
    """
    return [
        *_ids(own, file),
        *_references(own, merged, file),
        *_files(own, folder, file),
        *_rules(own, file),
    ]


def defined_tests(source: str) -> dict[str, int]:
    """The names after `test_` of the top-level test functions in a source text, with their lines."""
    tree = ast.parse(source)
    return {
        node.name.removeprefix("test_"): node.lineno
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def _ids(scenario: Scenario, file: str) -> Iterator[Problem]:
    if not _ID.match(scenario.id):
        yield Problem(file, f"{scenario.id!r} is not made of a-z, 0-9 and _", key="id")
    lists: dict[str, list[str]] = {
        "facts": [f.id for f in scenario.facts],
        "decisions": [d.id for d in scenario.decisions],
        "follow_ups": [f.id for f in scenario.follow_ups],
        "interjections": [i.id for i in scenario.interjections],
        "mutants": [m.id for m in scenario.mutants],
        "tests": [t.name for t in scenario.tests],
    }
    for name, ids in lists.items():
        field = "name" if name == "tests" else "id"
        counts = Counter(ids)
        for index, value in enumerate(ids):
            key = f"{name}[{index}].{field}"
            if not _ID.match(value):
                yield Problem(file, f"{value!r} is not made of a-z, 0-9 and _", key=key)
            if counts[value] > 1 and ids.index(value) != index:
                yield Problem(file, f"{value!r} is taken by {name}[{ids.index(value)}]", key=key)


def _references(own: Scenario, merged: Scenario, file: str) -> Iterator[Problem]:
    tests = [t.name for t in own.tests]
    facts = [f.id for f in merged.facts]
    for index, fact in enumerate(own.facts):
        yield from _missing(fact.tests, tests, file, f"facts[{index}].tests", "test")
    for index, mutant in enumerate(own.mutants):
        yield from _missing(mutant.killed_by, tests, file, f"mutants[{index}].killed_by", "test")
    for index, test in enumerate(own.tests):
        if test.fact:
            yield from _missing([test.fact], facts, file, f"tests[{index}].fact", "fact")


def _missing(given: Iterable[str], known: list[str], file: str, key: str, what: str) -> Iterator[Problem]:
    for name in given:
        if name not in known:
            near = nearest(name, known)
            remedy = f"did you mean {near}?" if near else f"known: {', '.join(known) or 'none'}"
            yield Problem(file, f"names no {what}: {name!r}", key=key, remedy=remedy)


def _files(scenario: Scenario, folder: Path, file: str) -> Iterator[Problem]:
    if scenario.kind is not Kind.CODING:
        return
    label = file.rsplit("/", 1)[0]
    for index, mutant in enumerate(scenario.mutants):
        if not (folder / "mutants" / f"{mutant.id}.py").is_file():
            yield Problem(
                file, f"has no file mutants/{mutant.id}.py", key=f"mutants[{index}].id", remedy="write it"
            )
    listed = {m.id for m in scenario.mutants}
    for path in sorted((folder / "mutants").glob("*.py")):
        if path.stem not in listed:
            yield Problem(
                f"{label}/mutants/{path.name}", "is not listed under [[mutants]]", remedy=f"add it to {file}"
            )
    for kind in ("mutants", "solutions"):
        for path in sorted((folder / kind).glob("*.py")):
            yield from _unreadable(path, f"{label}/{kind}/{path.name}")
    try:
        defined = defined_tests(read_text(folder / "tests.py", f"{label}/tests.py"))
    except ContentError:
        return  # told already
    except SyntaxError as error:
        yield Problem(f"{label}/tests.py", f"is not valid Python: {error.msg} (line {error.lineno})")
        return
    for index, test in enumerate(scenario.tests):
        if test.name not in defined:
            near = nearest(test.name, defined)
            yield Problem(
                file,
                f"tests.py has no test_{test.name}",
                key=f"tests[{index}].name",
                remedy=f"did you mean {near}?" if near else "write it",
            )
    specified = {t.name for t in scenario.tests}
    for name, line in defined.items():
        if name not in specified:
            yield Problem(
                f"{label}/tests.py",
                f"test_{name} (line {line}) is not listed under [[tests]]",
                remedy=f"add it to {file}, or start its name with an underscore",
            )


def _unreadable(path: Path, file: str) -> Iterator[Problem]:
    try:
        read_text(path, file)
    except ContentError as error:
        yield from error.problems


def _rules(scenario: Scenario, file: str) -> Iterator[Problem]:
    for index, fact in enumerate(scenario.facts):
        yield from fact_rule_problems(fact, file, f"facts[{index}]")
    for index, decision in enumerate(scenario.decisions):
        at = f"decisions[{index}]"
        yield from _compile(decision.mentions, file, f"{at}.mentions")
        for kind, points in (("reasons", decision.reasons), ("misconceptions", decision.misconceptions)):
            for number, point in enumerate(points):
                yield from _compile(point.aliases, file, f"{at}.{kind}[{number}].aliases")
    for index, follow_up in enumerate(scenario.follow_ups):
        for number, point in enumerate(follow_up.points):
            yield from _compile(point.aliases, file, f"follow_ups[{index}].points[{number}].aliases")
    for index, line in enumerate(scenario.interjections):
        at = f"interjections[{index}]"
        for name, pattern in (("pattern", line.pattern), ("unless", line.unless)):
            try:
                re.compile(pattern)
            except re.error as error:
                yield Problem(file, f"is not a regular expression: {error}", key=f"{at}.{name}")
        needs_pattern = line.trigger in (TriggerKind.CODE_MATCHES, TriggerKind.SAID_MATCHES)
        if needs_pattern and not line.pattern:
            yield Problem(file, f"is missing; trigger {line.trigger.value} needs it", key=f"{at}.pattern")
        if line.trigger is TriggerKind.NO_FUNCTION_AFTER and line.minutes <= 0:
            yield Problem(file, "must be above 0 for this trigger", key=f"{at}.minutes")


def fact_rule_problems(fact: Fact, file: str, at: str) -> Iterator[Problem]:
    """Rules of one fact that do not compile."""
    yield from _compile(fact.aliases, file, f"{at}.aliases")
    yield from _compile(fact.agrees, file, f"{at}.agrees")
    yield from _compile(fact.contradicts, file, f"{at}.contradicts")


def _compile(rules: Iterable[str], file: str, key: str) -> Iterator[Problem]:
    for index, rule in enumerate(rules):
        try:
            compile_rule(rule)
        except ValueError as error:
            yield Problem(file, str(error), key=f"{key}[{index}]")
