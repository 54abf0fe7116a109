"""What can be seen in the candidate's code without running it. Tolerant of code that does not parse."""

from __future__ import annotations

import ast
import re
import sys
from functools import lru_cache

_IMPORT_LINE = re.compile(r"^\s*(?:import|from)\s+([A-Za-z_]\w*)", re.MULTILINE)
_DYNAMIC = re.compile(r"(?:__import__|import_module)\(\s*['\"]([A-Za-z_]\w*)")
_FUNCTION_LINE = re.compile(r"^\s*(?:def|class)\s+(\w+)", re.MULTILINE)
_EARLY = re.compile(
    r"\b(?:lru_cache|functools\.cache|@cache|numba|njit|jit|multiprocessing|concurrent\.futures|ThreadPool\w*|"
    r"joblib|Parallel|cython|memoi[sz]e)\b"
)
REAL_STATEMENTS = 3


@lru_cache(maxsize=256)
def _tree(code: str) -> ast.Module | None:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def imports(code: str) -> frozenset[str]:
    """Top-level names of all imported modules, dynamic imports included."""
    found = set(_DYNAMIC.findall(code))
    tree = _tree(code)
    if tree is None:
        return frozenset(found | set(_IMPORT_LINE.findall(code)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return frozenset(found)


def forbidden_imports(code: str, starter: str, libraries: tuple[str, ...]) -> tuple[str, ...]:
    """Imported modules that are neither standard library, nor allowed, nor in the starter."""
    allowed = {name.split(".")[0].strip().lower() for name in libraries}
    found = imports(code) - imports(starter) - sys.stdlib_module_names
    return tuple(sorted(name for name in found if name.lower() not in allowed))


def _trivial(node: ast.stmt) -> bool:
    if isinstance(node, ast.Pass):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return isinstance(node, ast.Raise) and "NotImplemented" in ast.dump(node)


def written_statements(code: str, starter: str) -> int:
    """Statements inside functions that are not starter code, docstrings, `pass` or a placeholder raise."""
    tree = _tree(code)
    if tree is None:
        known = {line.strip() for line in starter.splitlines()}
        lines = [line.strip() for line in code.splitlines()]
        return sum(bool(line) and line not in known and not line.startswith("#") for line in lines) - 1
    before = _tree(starter)
    known = {ast.dump(n) for n in _inner(before)} if before is not None else set()
    return sum(ast.dump(node) not in known for node in _inner(tree))


def _inner(tree: ast.Module) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.stmt) and inner is not node and not _trivial(inner):
                    found.append(inner)
    return list(dict.fromkeys(found))


def is_real(code: str, starter: str) -> bool:
    """Whether the candidate has begun to implement."""
    return code != starter and written_statements(code, starter) >= REAL_STATEMENTS


def has_function(code: str, starter: str) -> bool:
    """Whether at least one function has a body of its own."""
    if _tree(code) is None:
        return set(_FUNCTION_LINE.findall(code)) != set(_FUNCTION_LINE.findall(starter)) or is_real(
            code, starter
        )
    return written_statements(code, starter) >= 1


def optimises_early(code: str, starter: str) -> bool:
    """Caching, compiling or parallel work that the starter did not have."""
    return bool(_EARLY.search(code)) and not _EARLY.search(starter)


def matches(pattern: str, unless: str, text: str) -> bool:
    """Whether an interjection's pattern is in the text, and its exception is not."""
    if not pattern or re.search(pattern, text, re.MULTILINE) is None:
        return False
    return not unless or re.search(unless, text, re.MULTILINE) is None
