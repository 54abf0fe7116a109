"""Code quality from the syntax tree: function length, naming, dead code, duplicate blocks.

Own checks rather than a linter: four questions with a share as the answer, over one short file that is
not run. Style (spacing, quotes, docstring form) is not judged.
"""

from __future__ import annotations

import ast
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.scoring.evidence.code import parse

LONGEST_FUNCTION = 40
DUPLICATE_STATEMENTS = 3

# Single letters that carry meaning in mathematical code, and throw-aways.
_LETTERS = frozenset("XYyxbwWkdnmpqtzijlrcCDKNTUVSsAKuvfghe_")


@dataclass(frozen=True, slots=True)
class Quality:
    """Share 0..1 over the four checks, and what was found, with lines."""

    share: float
    remarks: tuple[str, ...]


def code_quality(source: str, entry: Sequence[str] = ()) -> Quality:
    """Judge one source text; one that is not Python has no quality to speak of."""
    tree = parse(source)
    if tree is None:
        return Quality(0.0, ("the code is not valid Python",))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    checks = (_long(functions), _names(tree), _dead(tree, functions, entry), _duplicates(tree))
    shares = [share for share, _ in checks]
    return Quality(sum(shares) / len(shares), tuple(r for _, remarks in checks for r in remarks))


def _long(functions: list[ast.FunctionDef | ast.AsyncFunctionDef]) -> tuple[float, list[str]]:
    long = [(f, (f.end_lineno or f.lineno) - f.lineno + 1) for f in functions]
    long = [(f, n) for f, n in long if n >= LONGEST_FUNCTION]
    remarks = [f"{f.name} is {n} lines long (line {f.lineno})" for f, n in long]
    return (1 - len(long) / len(functions) if functions else 0.5), remarks or (
        [] if functions else ["no function of its own"]
    )


def _names(tree: ast.Module) -> tuple[float, list[str]]:
    """Names bound by the candidate; one letter is fine where mathematics or a loop has it."""
    bound: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.setdefault(node.id, node.lineno)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.setdefault(node.name, node.lineno)
    bad = {n: line for n, line in bound.items() if _poor(n)}
    remarks = [f"{n} says little (line {line})" for n, line in sorted(bad.items(), key=lambda i: i[1])[:3]]
    return (1 - len(bad) / len(bound) if bound else 1.0), remarks


def _poor(name: str) -> bool:
    if len(name) == 1:
        return name not in _LETTERS
    stem = name.rstrip("0123456789")
    return stem in (
        "tmp",
        "temp",
        "foo",
        "bar",
        "stuff",
        "thing",
        "asdf",
        "aa",
        "bb",
        "xx",
        "func",
        "fn",
        "test_",
    )


def _dead(
    tree: ast.Module, functions: list[ast.FunctionDef | ast.AsyncFunctionDef], entry: Sequence[str]
) -> tuple[float, list[str]]:
    """Imports, functions and local names never used, and statements that cannot be reached."""
    read = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
    read.update(n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute))
    remarks = []
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                name = (alias.asname or alias.name).split(".")[0]
                if name != "*" and not read[name]:
                    remarks.append(f"{name} is imported and not used (line {node.lineno})")
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            own = node.name in entry or node.name.startswith(("test", "_test")) or node.name == "main"
            if not own and not read[node.name]:
                remarks.append(f"{node.name} is never called (line {node.lineno})")
    for function in functions:
        for name, line in _unused(function):
            remarks.append(f"{name} is set and not used (line {line})")
    remarks += [f"line {line} cannot be reached" for line in _unreachable(tree)]
    return max(0.0, 1 - len(remarks) / 4), remarks[:4]


def _unused(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, int]]:
    read = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    free = {name for n in ast.walk(function) if isinstance(n, ast.Global | ast.Nonlocal) for name in n.names}
    seen = set(read) | free
    for node in ast.walk(function):
        # Only plain assignments: loop counters and unpacked parts are often needed for their place.
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name not in seen and not name.startswith("_"):
                seen.add(name)
                yield name, node.lineno


def _unreachable(tree: ast.Module) -> Iterator[int]:
    for body in _bodies(tree):
        for before, after in itertools.pairwise(body):
            if isinstance(before, ast.Return | ast.Raise | ast.Break | ast.Continue):
                yield after.lineno
                break


def _bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield body


def _duplicates(tree: ast.Module) -> tuple[float, list[str]]:
    """Runs of three or more like statements that stand in two places; checks may repeat themselves."""
    seen: dict[tuple[str, ...], int] = {}
    remarks = []
    for body in _bodies(tree):
        forms = [ast.dump(s) for s in body]
        plain = [
            not isinstance(s, ast.Assert | ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
            for s in body
        ]
        at = 0
        while at + DUPLICATE_STATEMENTS <= len(body):
            key = tuple(forms[at : at + DUPLICATE_STATEMENTS])
            if all(plain[at : at + DUPLICATE_STATEMENTS]) and key in seen:
                remarks.append(f"lines {seen[key]} and {body[at].lineno} begin the same block")
                at += DUPLICATE_STATEMENTS
                continue
            seen.setdefault(key, body[at].lineno)
            at += 1
    return max(0.0, 1 - len(remarks) / 2), remarks[:2]
