"""Reading the candidate's source: real statements, identifiers, forbidden imports, added lines."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

COMMENT = re.compile(r"(?:^|[\s)\]},:])#+!?\s*(.*)$")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TRIPLE = re.compile(r"(\"\"\"|''').*?(?:\1|\Z)", re.DOTALL)
_DYNAMIC = re.compile(r"import_module|__import__|exec|eval|getattr")
_DEF = re.compile(r"^(\s*)(?:async\s+)?def\s")

# Words that are code but also plain English: they anchor nothing.
_PLAIN_WORDS = (
    "a an the and or not in is if else elif for while with as from import def class return pass "
    "raise try except finally break continue lambda yield none true false self i it to of this that "
    "all any new old out use do no on by be at up we my so go data value values key set list dict "
    "int str print range len "
)
_PLAIN = frozenset(_PLAIN_WORDS.split())

# Libraries that do the work a from-scratch question asks for. pandas and matplotlib are a matter of the
# allowed list alone; they replace no core.
_LIBRARY_WORDS = (
    "sklearn cuml torch tensorflow keras jax flax xgboost lightgbm catboost statsmodels scipy faiss "
    "fastai h2o autosklearn tpot pycaret mlxtend imblearn surprise implicit transformers gensim nltk "
    "spacy "
)
MODEL_LIBRARIES = frozenset(_LIBRARY_WORDS.split())


def parse(source: str) -> ast.Module | None:
    """The tree of a source text; None when it is not (yet) Python."""
    try:
        return _parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@lru_cache(maxsize=64)
def _parse(source: str) -> ast.Module:
    import warnings

    with warnings.catch_warnings():
        # An invalid escape in the candidate's text is their affair.
        warnings.simplefilter("ignore")
        return ast.parse(source)


def identifiers(source: str) -> frozenset[str]:
    """Names in a source text that can anchor a remark, lower-cased; plain English words are left out."""
    return frozenset(n for n in (m.lower() for m in _NAME.findall(source)) if n not in _PLAIN)


def substantive_lines(source: str) -> frozenset[str]:
    """Stripped lines that are neither blank nor comment."""
    return frozenset(s for line in source.splitlines() if (s := line.strip()) and not s.startswith("#"))


def first_real_statement(source: str, starter: frozenset[str], need: int) -> bool:
    """Whether a function holds at least `need` statements that are not the starter's, "
    "docstrings or `pass`.
    """
    if sum(line not in starter for line in substantive_lines(source)) < need:
        return False
    tree = parse(source)
    return (_real_in_tree(tree, source, starter) if tree else _real_in_text(source, starter)) >= need


def _real_in_tree(tree: ast.Module, source: str, starter: frozenset[str]) -> int:
    lines = source.splitlines()
    found: set[int] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for child in ast.walk(node):
            if not isinstance(child, ast.stmt) or child is node or isinstance(child, ast.Pass):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if lines[child.lineno - 1].strip() not in starter:
                found.add(child.lineno)
    return len(found)


def _real_in_text(source: str, starter: frozenset[str]) -> int:
    """The same for a text that does not parse: indented lines below a `def`."""
    count, inside = 0, False
    for line in _TRIPLE.sub("", source).splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if _DEF.match(line):
            inside = True
        elif not line[0].isspace():
            inside = False
        elif inside and stripped not in starter and stripped not in ("pass", "..."):
            count += 1
    return count


def added_lines(before: str, after: str) -> tuple[str, ...]:
    """Lines of code in `after` that `before` has not, or has fewer times; comments and blanks left out."""
    left = Counter(line.strip() for line in before.splitlines())
    new = []
    for line in after.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if left[stripped] > 0:
            left[stripped] -= 1
        else:
            new.append(stripped)
    return tuple(new)


def own_test_lines(source: str) -> frozenset[str]:
    """Stripped lines that belong to the candidate's own checks: asserts, `test_*`, the `__main__` block."""
    tree = parse(source)
    if tree is None:
        return frozenset(line for line in substantive_lines(source) if line.startswith(("assert", "print(")))
    lines = source.splitlines()
    found: set[str] = set()
    for node in tree.body:
        is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test")
        is_main = isinstance(node, ast.If) and "__name__" in ast.dump(node.test)
        loose = isinstance(node, ast.Assert | ast.Expr | ast.Assign | ast.For | ast.With | ast.Try)
        if is_test or is_main or loose:
            found |= {lines[n - 1].strip() for n in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return frozenset(found)


def forbidden_imports(source: str, allowed: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Model libraries the code imports *and uses*, with the line; aliases and dynamic imports resolved."""
    banned = MODEL_LIBRARIES - set(allowed)
    # Most sources hold neither such a name nor a way to reach one by a string: no tree is needed.
    if not _DYNAMIC.search(source) and not any(name in source for name in banned):
        return ()
    tree = parse(source)
    if tree is None:
        pattern = re.compile(rf"^\s*(?:import|from)\s+({'|'.join(sorted(banned))})\b")
        hits = (
            (m.group(1), n) for n, line in enumerate(source.splitlines(), 1) if (m := pattern.match(line))
        )
        return tuple(hits)
    bound: dict[str, tuple[str, int]] = {}
    found: list[tuple[str, int]] = []
    used = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.split(".")[0]
                if root in banned:
                    bound[(alias.asname or alias.name).split(".")[0]] = (root, node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            root = node.module.split(".")[0]
            if root in banned:
                for alias in node.names:
                    if alias.name == "*":
                        found.append((root, node.lineno))
                    bound[alias.asname or alias.name] = (root, node.lineno)
        elif isinstance(node, ast.Call) and (root := _dynamic(node, banned)):
            found.append((root, node.lineno))
    found += [where for name, where in bound.items() if used[name]]
    return tuple(sorted(set(found), key=lambda hit: (hit[1], hit[0])))


def _dynamic(node: ast.Call, banned: frozenset[str]) -> str:
    """The banned library a call brings in by a string: import_module, __import__, exec, eval, getattr."""
    called = node.func
    name = (
        called.attr
        if isinstance(called, ast.Attribute)
        else called.id
        if isinstance(called, ast.Name)
        else ""
    )
    if not _DYNAMIC.fullmatch(name):
        return ""
    for argument in (*node.args, *(k.value for k in node.keywords)):
        text = _text(argument)
        named = set(_NAME.findall(text)) if name in ("exec", "eval") else {text.split(".")[0]}
        hit = sorted(named & banned)
        if hit:
            return hit[0]
    return ""


def _text(node: ast.expr) -> str:
    """A string constant, also one put together with `+`."""
    if isinstance(node, ast.Constant):
        value: object = node.value
        return value if isinstance(value, str) else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left) + _text(node.right)
    return ""


def is_standard(module: str) -> bool:
    """Whether a top-level module belongs to the standard library."""
    return module in sys.stdlib_module_names
