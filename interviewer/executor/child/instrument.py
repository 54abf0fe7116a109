"""Marking the checks in a candidate's program, so that each is a check by itself.

The tree is changed in three ways: every check becomes ``with __checks__.check(n): ...``, every
other plain statement ``with __checks__.at(n): ...``, and calls of the entry points outside their
own definitions go through ``__checks__.seen``. Lines and columns stay the candidate's.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass

MONITOR = "__checks__"
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_PLAIN = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)


@dataclass(frozen=True, slots=True)
class Spot:
    """A statement: `kind` is assert, print, test or statement; `after` are the statements it rests on."""

    number: int
    kind: str
    name: str
    line: int
    text: str
    after: tuple[int, ...]
    targets: tuple[str, ...] = ()


class Instrumenter:
    """Instruments one module. `stubs` replaces the entry points by calls to the outside."""

    def __init__(self, source: str, entry: Collection[str], *, stubs: bool) -> None:
        self.tree = ast.parse(source, "solution.py")
        self.spots: list[Spot] = []
        self._source = source
        self._entry = set(entry)
        self._stubs = stubs
        body = self.tree.body
        self._calling = self._entry | {
            d.name for d in body if isinstance(d, _DEFINITIONS) and self._calls_entry(d)
        }
        # What each name's value rests on: numbers of the statements that called an entry point for it.
        self._rests: dict[str, set[int]] = {}
        called = {n.func.id for s in body if not isinstance(s, _DEFINITIONS) for n in _calls(s)}
        self.tests = [
            d.name
            for d in body
            if isinstance(d, ast.FunctionDef)
            and d.name.startswith("test")
            and not _required(d.args)
            and d.name not in called
            and d.name not in self._entry
        ]
        self.classes = [
            (c.name, f.name)
            for c in body
            if isinstance(c, ast.ClassDef) and c.name.startswith("Test") and c.name not in self._entry
            for f in c.body
            if isinstance(f, ast.FunctionDef) and f.name.startswith("test")
        ]
        self.lines = {d.name: d.lineno for d in body if isinstance(d, _DEFINITIONS)}
        self.tree.body = self._block(body, top=True)
        ast.fix_missing_locations(self.tree)

    # --- statements ---

    def _block(self, statements: list[ast.stmt], *, top: bool = False) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        for position, statement in enumerate(statements):
            made += self._statement(statement, docstring=top and position == 0)
        return made

    def _statement(self, statement: ast.stmt, *, docstring: bool) -> list[ast.stmt]:
        if isinstance(statement, _DEFINITIONS):
            if statement.name not in self._entry:
                _Seen(self._entry, set()).visit(statement)
                return [statement]
            return [statement, *([self._stub(statement)] if self._stubs else [])]
        if isinstance(statement, ast.Assert):
            return [self._wrap("check", "assert", statement, f"assert on line {statement.lineno}")]
        if isinstance(statement, _PLAIN) and not (docstring and _is_text(statement)):
            return self._plain(statement)
        for field in ("body", "orelse", "finalbody"):
            inner = getattr(statement, field, None)
            if isinstance(inner, list):
                setattr(statement, field, self._block(inner))
        for handler in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
            handler.body = self._block(handler.body)
        if isinstance(statement, (ast.For, ast.AsyncFor)):
            self._assign([statement.target], self._after(statement.iter))
        return [statement]

    def _plain(self, statement: ast.stmt) -> list[ast.stmt]:
        called = _called_name(statement)
        if called.startswith("test") and called in self.lines:
            return [self._wrap("check", "test", statement, called, line=self.lines[called])]
        if called.startswith("assert"):
            return [self._wrap("check", "assert", statement, f"assert on line {statement.lineno}")]
        if called == "print" and self._after(statement):
            return [self._wrap("at", "print", statement, f"print on line {statement.lineno}")]
        return [self._wrap("at", "statement", statement, "")]

    def _wrap(
        self, method: str, kind: str, statement: ast.stmt, name: str, line: int | None = None
    ) -> ast.stmt:
        number = len(self.spots)
        direct = self._makes_call(statement)
        after = self._after(statement) | ({number} if direct else set())
        targets = _targets(statement)
        names = self._assign(targets, after)
        if isinstance(statement, ast.Expr) and after:
            for call in ast.walk(statement):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                    root = _root(call.func)
                    if root in self._rests:  # a method may change what its object holds
                        self._rests[root] |= {number}
        text = ast.get_source_segment(self._source, statement) or ""
        spot = Spot(
            number=number,
            kind=kind,
            name=name,
            line=line or statement.lineno,
            text=" ".join(text.split())[:300],
            after=tuple(sorted(after | {number})),
            targets=tuple(names),
        )
        self.spots.append(spot)
        _Seen(self._entry, set(self._rests)).visit(statement)
        call = ast.Call(
            func=ast.Attribute(value=ast.Name(id=MONITOR, ctx=ast.Load()), attr=method, ctx=ast.Load()),
            args=[ast.Constant(value=number)],
            keywords=[],
        )
        wrapped = ast.With(items=[ast.withitem(context_expr=call)], body=[statement])
        return ast.copy_location(wrapped, statement)

    def _stub(self, definition: ast.stmt) -> ast.stmt:
        name = getattr(definition, "name", "")
        call = ast.Call(
            func=ast.Attribute(value=ast.Name(id=MONITOR, ctx=ast.Load()), attr="stub", ctx=ast.Load()),
            args=[ast.Constant(value=name)],
            keywords=[],
        )
        return ast.copy_location(
            ast.Assign(targets=[ast.Name(id=name, ctx=ast.Store())], value=call), definition
        )

    # --- what rests on what ---

    def _calls_entry(self, node: ast.AST) -> bool:
        return any(call.func.id in self._entry for call in _calls(node))

    def _makes_call(self, node: ast.AST) -> bool:
        if any(call.func.id in self._calling for call in _calls(node)):
            return True
        return any(
            isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and _root(n.func) in self._rests
            for n in ast.walk(node)
        )

    def _after(self, node: ast.AST) -> set[int]:
        found: set[int] = set()
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                found |= self._rests.get(part.id, set())
        if self._makes_call(node):
            found.add(len(self.spots))
        return found

    def _assign(self, targets: list[ast.expr], after: set[int]) -> list[str]:
        names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
        for name in names:
            if after:
                self._rests[name] = set(after)
            else:
                self._rests.pop(name, None)
        return names


class _NamedCall(ast.Call):
    func: ast.Name


def _calls(node: ast.AST) -> Iterator[_NamedCall]:
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
            yield part  # type: ignore[misc]  # the check above is what _NamedCall says


def _required(arguments: ast.arguments) -> bool:
    positional = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return positional > 0 or any(d is None for d in arguments.kw_defaults)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _called_name(statement: ast.stmt) -> str:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return ""
    function = statement.value.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return [t for t in statement.targets if isinstance(t, (ast.Name, ast.Tuple, ast.List))]
    if isinstance(statement, (ast.AugAssign, ast.AnnAssign)) and isinstance(statement.target, ast.Name):
        return [statement.target]
    return []


class _Seen(ast.NodeTransformer):
    """Sends calls of entry points, and of methods of what they returned, through the monitor."""

    def __init__(self, entry: set[str], objects: set[str]) -> None:
        self._entry = entry
        self._objects = objects

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Name) and function.id in self._entry:
            name = function.id
        elif isinstance(function, ast.Attribute) and _root(function) in self._objects:
            name = function.attr
        else:
            return node
        seen = ast.Attribute(value=ast.Name(id=MONITOR, ctx=ast.Load()), attr="seen", ctx=ast.Load())
        node.func = ast.Call(func=seen, args=[ast.Constant(value=name), function], keywords=[])
        ast.copy_location(node.func, function)
        return node
