"""What can be checked by reading a scenario's code: imports, copies, and leaks of the solution."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from interviewer.domain.scenario import Fact, Scenario
from interviewer.errors import Problem

# Shorter lines, spaces left out, say nothing by themselves: `else:`, `n = len(X)`.
TELLING = 12

_BLANK = re.compile(r"\s+")


def code_problems(scenario: Scenario, folder: Path, own: tuple[Fact, ...]) -> Iterator[Problem]:
    """Problems of code that parses (see `syntax_problems`), found without running it."""
    label = f"{folder.parent.name}/{folder.name}"
    yield from _test_source(scenario, folder, label)
    yield from _imports(scenario, folder, label)
    yield from _copies(folder, label)
    yield from leaks(scenario, (folder / "reference.py").read_text(encoding="utf-8"), own, label)


def syntax_problems(folder: Path) -> Iterator[Problem]:
    """Files of a coding scenario that are not Python."""
    label = f"{folder.parent.name}/{folder.name}"
    for path in _sources(folder):
        try:
            ast.parse(path.read_text(encoding="utf-8"))
        except SyntaxError as error:
            file = f"{label}/{path.relative_to(folder).as_posix()}"
            yield Problem(file, f"is not valid Python: {error.msg} (line {error.lineno})")


def _test_source(scenario: Scenario, folder: Path, label: str) -> Iterator[Problem]:
    file = f"{label}/tests.py"
    tree = ast.parse((folder / "tests.py").read_text(encoding="utf-8"))
    hidden = {t.name for t in scenario.tests if t.hidden}
    randomised = 0
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        arguments = [a.arg for a in node.args.args]
        if arguments != ["solution", "rng"]:
            shown = ", ".join(arguments)
            remedy = f"write {node.name}(solution, rng)"
            yield Problem(file, f"{node.name} takes ({shown}) (line {node.lineno})", remedy=remedy)
        if node.name.removeprefix("test_") in hidden:
            randomised += any(isinstance(n, ast.Name) and n.id == "rng" for n in ast.walk(node))
    if randomised * 2 < len(hidden):
        yield Problem(
            file,
            f"draws inputs from rng in {randomised} of {len(hidden)} hidden tests",
            remedy="use it in half",
        )


def _sources(folder: Path) -> list[Path]:
    """The files that are run as a candidate's would be."""
    nested = [path for kind in ("solutions", "mutants") for path in sorted((folder / kind).glob("*.py"))]
    return [folder / "starter.py", folder / "reference.py", *nested]


def _imports(scenario: Scenario, folder: Path, label: str) -> Iterator[Problem]:
    allowed = {*scenario.libraries, *sys.stdlib_module_names}
    for path in _sources(folder):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name in sorted(_imported(tree) - allowed):
            file = f"{label}/{path.relative_to(folder).as_posix()}"
            remedy = (
                f"add it to libraries or leave it out; allowed: {', '.join(scenario.libraries) or 'none'}"
            )
            yield Problem(file, f"imports {name}", remedy=remedy)


def _copies(folder: Path, label: str) -> Iterator[Problem]:
    """Solutions that say what the reference or another solution says already."""
    seen: dict[str, str] = {}
    for path in [folder / "reference.py", *sorted((folder / "solutions").glob("*.py"))]:
        name = path.relative_to(folder).as_posix()
        first = seen.setdefault(ast.dump(ast.parse(path.read_text(encoding="utf-8"))), name)
        if first != name:
            yield Problem(f"{label}/{name}", f"is a copy of {first}", remedy="solve it by other means")


def _imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def leaks(scenario: Scenario, reference: str, own: tuple[Fact, ...], label: str) -> Iterator[Problem]:
    """Lines of the reference and names of hidden tests in what a candidate may read or be told."""
    given = {squeezed(line) for line in scenario.starter.splitlines()}
    lines = {
        squeezed(line): line.strip()
        for line in _code_lines(reference)
        if len(squeezed(line)) >= TELLING and squeezed(line) not in given
    }
    names = {
        t.name: re.compile(rf"(?<!\w)(?:test_)?{re.escape(t.name)}(?!\w)")
        for t in scenario.tests
        if t.hidden and "_" in t.name
    }
    for file, key, text in _told(scenario, own, label):
        flat = squeezed(text)
        for short, line in lines.items():
            if short in flat:
                yield Problem(
                    file, f"gives away a line of the reference: {line}", key=key, remedy="reword it"
                )
        for name, pattern in names.items():
            if pattern.search(text):
                yield Problem(file, f"gives away the hidden test {name}", key=key, remedy="reword it")


def _told(scenario: Scenario, own: tuple[Fact, ...], label: str) -> Iterator[tuple[str, str, str]]:
    file = f"{label}/scenario.toml"
    yield f"{label}/brief.md", "", scenario.brief
    for rung in (0, 1):
        if rung < len(scenario.hints):
            yield file, f"hints[{rung}]", scenario.hints[rung]
    for index, fact in enumerate(own):
        yield file, f"facts[{index}].topic", fact.topic
        yield file, f"facts[{index}].answer", fact.answer
    for index, test in enumerate(scenario.tests):
        yield file, f"tests[{index}].about", test.about
    for index, line in enumerate(scenario.interjections):
        yield file, f"interjections[{index}].line", line.line
    for index, decision in enumerate(scenario.decisions):
        yield file, f"decisions[{index}].question", decision.question
    for index, mutant in enumerate(scenario.mutants):
        yield file, f"mutants[{index}].question", mutant.question


def _code_lines(source: str) -> Iterable[str]:
    """Lines of code that tell something: no comments, docstrings, imports or bare signatures."""
    tree = ast.parse(source)
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            silent.add(node.lineno)
    for number, line in enumerate(source.splitlines(), start=1):
        if number not in silent:
            yield line.split("  #")[0]


def squeezed(text: str) -> str:
    """A text without white space and back ticks, as lines are compared."""
    return _BLANK.sub("", text).replace("`", "")
