"""Whether interjections about code speak up for some mistake and stay silent for correct code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from interviewer.domain.scenario import Interjection, Scenario, TriggerKind
from interviewer.errors import Problem


def interjection_problems(scenario: Scenario, folder: Path, label: str) -> Iterator[Problem]:
    """Problems of `code_matches` interjections, held against reference, solutions and mutants."""
    file = f"{label}/scenario.toml"
    correct = [folder / "reference.py", *sorted((folder / "solutions").glob("*.py"))]
    mutants = sorted((folder / "mutants").glob("*.py"))
    for index, line in enumerate(scenario.interjections):
        if line.trigger is not TriggerKind.CODE_MATCHES:
            continue
        key = f"interjections[{index}].pattern"
        for path in correct:
            if _fires(line, path):
                where = path.relative_to(folder).as_posix()
                yield Problem(
                    file, f"interrupts correct code: {where}", key=key, remedy="narrow it, or use unless"
                )
        if not any(_fires(line, path) for path in mutants):
            yield Problem(
                file, "matches no mutant", key=key, remedy="widen it, or add the mutant it is about"
            )


def _fires(line: Interjection, path: Path) -> bool:
    code = path.read_text(encoding="utf-8")
    if re.search(line.pattern, code, re.MULTILINE) is None:
        return False
    return not line.unless or re.search(line.unless, code, re.MULTILINE) is None
