"""Does a piece of code give the reference away? By size, by tokens, and by the shape of its syntax."""

from __future__ import annotations

import ast
import builtins
import io
import keyword
import textwrap
import tokenize
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MAX_LINES = 6
MAX_TOKENS = 60
FREE_TOKENS = 4
GRAM = 5
OVERLAP = 0.5
_KEPT = frozenset(keyword.kwlist) | frozenset(dir(builtins)) | {"np", "pd", "self"}
_SMALL_TREE = 4


@dataclass(frozen=True, slots=True)
class CodeShape:
    """What is compared of a source: its tokens, grams of tokens without names, fingerprints of trees."""

    tokens: tuple[str, ...]
    grams: frozenset[tuple[str, ...]]
    trees: frozenset[str]

    @property
    def joined(self) -> str:
        """All tokens, each between blanks."""
        return f" {' '.join(self.tokens)} "


@lru_cache(maxsize=4096)
def shape_of(source: str) -> CodeShape:
    """The shape of a source text, comments and docstrings left out; never fails."""
    tokens = code_tokens(source)
    return CodeShape(tokens, frozenset(_grams(nameless(tokens), GRAM)), frozenset(_trees(source)))


def code_tokens(source: str) -> tuple[str, ...]:
    """Python tokens without comments, docstrings and layout; broken code gives what can be read."""
    found: list[str] = []
    at_start = True
    try:
        for token in tokenize.generate_tokens(io.StringIO(textwrap.dedent(source)).readline):
            if token.type in (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT):
                at_start = True
            elif token.type == tokenize.STRING and at_start:
                at_start = False
            elif token.type not in (tokenize.COMMENT, tokenize.ENDMARKER) and token.string.strip():
                found.append(token.string.replace('"', "'"))
                at_start = False
    except (tokenize.TokenError, SyntaxError, IndentationError):
        # The tokens before the break are enough to compare.
        pass
    return tuple(found)


def nameless(tokens: Iterable[str]) -> tuple[str, ...]:
    """Tokens with the author's own names made alike; keywords, builtins and attributes stay."""
    row = tuple(tokens)
    return tuple(nameless_token(token, before) for before, token in zip(("", *row), row, strict=False))


def nameless_token(token: str, before: str) -> str:
    """One token, given the one before it."""
    return "N" if token.isidentifier() and token not in _KEPT and before != "." else token


def verdict(code: str, *, reference: CodeShape, public: CodeShape, inline: bool = False) -> str:
    """Why this code must not be shown; empty when it may.

    `public` is what the candidate has before them: quoting that is always allowed.
    """
    shape = shape_of(_without_language(code) if not inline else code)
    if len(shape.tokens) < FREE_TOKENS or shape.joined in public.joined:
        return ""
    lines = [line for line in code.strip().splitlines() if line.strip()]
    if len(lines) > MAX_LINES + (0 if inline else 1) or len(shape.tokens) > MAX_TOKENS:
        return "too much code"
    if _overlap(shape.grams, reference.grams, public.grams) >= OVERLAP:
        return "code close to the reference"
    if _overlap(shape.trees, reference.trees, public.trees) >= OVERLAP:
        return "code of the same shape as the reference"
    if len(shape.tokens) >= GRAM and shape.joined in reference.joined:
        return "code of the reference"
    return ""


def _overlap(part: frozenset[object], whole: frozenset[object], public: frozenset[object]) -> float:
    fresh = part - public
    if len(fresh) < 3:
        return 0.0
    return len(fresh & whole) / len(fresh)


def _without_language(block: str) -> str:
    first, newline, rest = block.partition("\n")
    return rest if newline and " " not in first.strip() and "(" not in first and "=" not in first else block


def _grams(tokens: tuple[str, ...], size: int) -> Iterable[tuple[str, ...]]:
    return (tokens[i : i + size] for i in range(len(tokens) - size + 1))


def _trees(source: str) -> Iterable[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(textwrap.dedent(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found: set[str] = set()
    try:
        _fingerprint(tree, found)
    except RecursionError:
        return set()
    return found


def _fingerprint(node: ast.AST, found: set[str]) -> tuple[str, int]:
    """The node's print and its number of nodes; names and docstrings do not count."""
    parts, size = [type(node).__name__], 1
    for name, value in ast.iter_fields(node):
        if name in ("ctx", "type_comment", "kind", "type_params", "decorator_list", "returns", "annotation"):
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, ast.AST):
                print_, count = _fingerprint(item, found)
                parts.append(print_)
                size += count
            elif isinstance(item, str) and (name == "attr" or item in _KEPT):
                parts.append(item)
            elif isinstance(item, int | float) and not isinstance(item, bool):
                parts.append(repr(item))
    text = f"({' '.join(parts)})"
    if size >= _SMALL_TREE and isinstance(node, ast.stmt | ast.expr):
        found.add(text)
    return text, size
