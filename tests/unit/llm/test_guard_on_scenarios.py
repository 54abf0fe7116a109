"""The guard on the real content: every secret of every scenario is caught, ordinary questions are not."""

from __future__ import annotations

import ast

import pytest

from interviewer.content import Catalogue
from interviewer.dialogue.llm.guard import LeakGuard, Secrets, Withheld
from interviewer.dialogue.llm.make import reference_of

CATALOGUE = Catalogue()
CODING = [e.id for e in CATALOGUE.index() if (e.path / "reference.py").is_file()]


def secrets(scenario_id: str) -> Secrets:
    scenario = CATALOGUE.get(scenario_id)
    return Secrets(
        reference=reference_of(scenario),
        passages=tuple(("fact", f.answer) for f in scenario.facts)
        + tuple(("rung", h) for h in scenario.hints),
        names=frozenset(t.name for t in scenario.tests if t.hidden and "_" in t.name),
        public=(scenario.brief, scenario.starter, *scenario.signatures, *(f.topic for f in scenario.facts)),
    )


def leaks(text: str, held: Secrets) -> bool:
    guard = LeakGuard(held)
    return any(isinstance(p, Withheld) for p in [*guard.feed(text), *guard.finish()])


def bare(source: str) -> str:
    """A source without docstrings, in one layout."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and len(body) > 1
            and isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        ):
            first = body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                del body[0]
    return ast.unparse(tree)


@pytest.mark.parametrize("scenario_id", CODING)
def test_every_answer_and_rung_is_caught(scenario_id: str) -> None:
    scenario, held = CATALOGUE.get(scenario_id), secrets(scenario_id)
    texts = (*(f.answer for f in scenario.facts), *scenario.hints)
    # Two or three words are said in any conversation: nobody can tell them from small talk.
    missed = [t for t in texts if len(t.split()) > 3 and not leaks(t, held)]
    assert not missed


@pytest.mark.parametrize("scenario_id", CODING)
def test_the_reference_is_caught_however_it_is_written_down(scenario_id: str) -> None:
    held = secrets(scenario_id)
    given = "".join(bare(CATALOGUE.get(scenario_id).starter).split())
    whole = ast.unparse(ast.parse(held.reference))
    lines = [
        line for line in whole.splitlines() if line.strip() and '"""' not in line and "import" not in line
    ]
    for at in range(0, len(lines) - 4, 2):
        block = "\n".join(lines[at : at + 4])
        if len(block) < 80 or "".join(block.split()) in given:
            continue
        assert leaks(f"Try\n```python\n{block}\n```\nnow.", held), block
        assert leaks(f"Try\n{block}\nnow.", held), block


@pytest.mark.parametrize("scenario_id", CODING)
def test_what_candidates_ask_could_be_said_by_an_interviewer_too(scenario_id: str) -> None:
    scenario, held = CATALOGUE.get(scenario_id), secrets(scenario_id)
    asked = [p for f in scenario.facts for p in (*f.probes.plain, *f.probes.no_term, *f.probes.non_native)]
    caught = [text for text in asked if leaks(text, held)]
    assert len(caught) <= 0.04 * len(asked), caught
