"""Whether code can remember one call until another, told from its text alone, and only when that is plain."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

# Libraries whose functions keep nothing a later call could notice, with the exceptions below.
_HARMLESS = {
    *("__future__", "bisect", "collections", "copy", "dataclasses", "datetime", "enum", "functools"),
    *("heapq", "itertools", "math", "numbers", "numpy", "operator", "pandas", "re", "statistics"),
    *("string", "typing"),
}
_GENERATORS = {"default_rng", "Generator", "RandomState", "SeedSequence", "PCG64", "MT19937", "Philox"}
_DECORATORS = {"staticmethod", "classmethod", "property", "dataclass", "wraps", "total_ordering"}
_REACHING = {"globals", "vars", "setattr", "delattr", "exec", "eval", "compile", "open", "__import__"}
_SETTING = ("set_", "seterr", "__dict__", "__class__", "__defaults__", "cache", "lru_cache")


@functools.lru_cache(maxsize=256)
def keeps_nothing(source: str) -> bool:
    """Whether no call of this file's functions can change what another one gives, except through arguments.

    False whenever it is not plain: a wrong yes would show as a stale verdict, a wrong no costs a run.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return False
    nodes = list(ast.walk(tree))
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    shared = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)} | imported | {"cls"}
    makers = {id(n.value) for n in nodes if isinstance(n, ast.Attribute) and n.attr in _GENERATORS}
    return all(map(_plain, tree.body)) and not any(
        _remembers(node, shared) or (_global_random(node, imported) and id(node) not in makers)
        for node in nodes
    )


def _global_random(node: ast.AST, imported: set[str]) -> bool:
    """Whether a node is the `random` of a module, whose functions share one generator."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "random"
        and isinstance(node.value, ast.Name)
        and node.value.id in imported
    )


def _plain(node: ast.stmt) -> bool:
    """Whether a statement of a module or class makes nothing that can be changed later."""
    if isinstance(node, ast.Import):
        return all(alias.name in _HARMLESS for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        if node.module == "numpy.random":
            return names <= _GENERATORS
        return (node.module or "").partition(".")[0] in _HARMLESS and not names & {"random", *_SETTING}
    if isinstance(node, ast.Assign):
        return all(isinstance(t, ast.Name | ast.Tuple) for t in node.targets) and _fixed(node.value)
    if isinstance(node, ast.AnnAssign):
        return node.value is None or _fixed(node.value)
    if isinstance(node, ast.ClassDef):
        return all(_plain(inner) for inner in node.body)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.FunctionDef | ast.Pass)


def _fixed(node: ast.expr) -> bool:
    """Whether a value cannot be changed: numbers, texts, tuples of them, constants of a module."""
    if isinstance(node, ast.Constant | ast.Name):
        return True
    if isinstance(node, ast.Tuple):
        return all(map(_fixed, node.elts))
    if isinstance(node, ast.UnaryOp):
        return _fixed(node.operand)
    if isinstance(node, ast.BinOp):
        return _fixed(node.left) and _fixed(node.right)
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)


def _remembers(node: ast.AST, shared: set[str]) -> bool:
    """Whether a node anywhere may leave something behind."""
    if isinstance(node, ast.Global | ast.AsyncFunctionDef):
        return True
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        defaults = [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]
        if not all(map(_fixed, defaults)):
            return True
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return any(_last_name(d) not in _DECORATORS for d in node.decorator_list)
    if isinstance(node, ast.Name):
        return node.id in _REACHING
    if isinstance(node, ast.Attribute) and node.attr.startswith(_SETTING):
        return True
    if isinstance(node, ast.Import | ast.ImportFrom):
        return not _plain(node)
    return any(_root(target) in shared for target in _changed(node))


def _changed(node: ast.AST) -> Iterator[ast.expr]:
    """What a statement assigns into: attributes and items, not plain names."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign | ast.Delete):
        targets = list(node.targets)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For):
        targets = [node.target]
    for target in targets:
        for part in ast.walk(target):
            if isinstance(part, ast.Attribute | ast.Subscript) and isinstance(part.ctx, ast.Store | ast.Del):
                yield part


def _root(node: ast.expr) -> str:
    """The name an attribute or item hangs on; `cls`, which is shared, when it hangs on none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else "cls"


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
