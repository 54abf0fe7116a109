"""A small scenario written to a folder, and one executor for all tests that only run code."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.domain.phases import Kind
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import Limits, Mutant, QuestionType, Scenario, TestSpec
from interviewer.domain.test_run import Tier
from interviewer.executor import LocalExecutor

MakeScenario = Callable[..., Scenario]


@pytest.fixture(scope="module")
def executor() -> Iterator[LocalExecutor]:
    with LocalExecutor() as made:
        made.warm()
        yield made


@pytest.fixture
def make_scenario(tmp_path: Path) -> MakeScenario:
    """make_scenario(tests_py, entry=..., reference=..., mutants={id: source}, **changes)."""

    def make(
        tests: str,
        *,
        entry: tuple[str, ...] = ("f",),
        reference: str = "",
        mutants: dict[str, str] | None = None,
        killed_by: dict[str, tuple[str, ...]] | None = None,
        libraries: tuple[str, ...] = ("numpy",),
        limits: Limits | None = None,
    ) -> Scenario:
        head = "import numpy as np\nfrom interviewer import expect\n\n"
        text = head + textwrap.dedent(tests)
        (tmp_path / "tests.py").write_text(text)
        (tmp_path / "reference.py").write_text(textwrap.dedent(reference))
        (tmp_path / "mutants").mkdir(exist_ok=True)
        for name, source in (mutants or {}).items():
            (tmp_path / "mutants" / f"{name}.py").write_text(textwrap.dedent(source))
        names = [line[9:].split("(")[0] for line in text.splitlines() if line.startswith("def test_")]
        return Scenario(
            id="small",
            title="Small",
            kind=Kind.CODING,
            question_type=QuestionType.ALGORITHM,
            patterns=(),
            level=Seniority.MID,
            minutes=10,
            rubric="",
            signatures=(),
            entry=entry,
            brief="",
            guide="",
            starter="",
            facts=(),
            hints=(),
            decisions=(),
            follow_ups=(),
            interjections=(),
            tests=tuple(TestSpec(name=name, tier=Tier.CORE) for name in names),
            mutants=tuple(
                Mutant(
                    id=name,
                    misconception=f"about {name}",
                    question=f"what of {name}?",
                    killed_by=(killed_by or {}).get(name, ()),
                )
                for name in mutants or {}
            ),
            libraries=libraries,
            limits=limits or Limits(call_seconds=1.0, total_seconds=10.0, memory_mb=256),
            path=str(tmp_path),
        )

    return make


@pytest.fixture
def outcome(executor: LocalExecutor, make_scenario: MakeScenario) -> Callable[..., Any]:
    """outcome(tests_py, source) -> the results by test name."""

    def run(tests: str, source: str, **more: Any) -> Any:
        case = make_scenario(tests, **more)
        done = executor.run_tests(case, textwrap.dedent(source), tests=case.tests)
        return {r.name: r for r in done.results}

    return run
