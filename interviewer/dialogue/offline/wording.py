"""What the built-in interviewer says: variants per move, read from `prompts/offline/wording.toml`."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import interviewer
from interviewer.errors import ContentError, Problem

_FIELD = re.compile(r"\{(\w+)\}")
_FILE = "offline/wording.toml"

Variants = Mapping[str, tuple[str, ...]]


def default_path() -> Path:
    """The shipped wording: inside an installed package, else at the repository root."""
    package = Path(interviewer.__file__).resolve().parent
    shipped = package / "_content"
    root = shipped if shipped.is_dir() else package.parent
    return root / "prompts" / "offline" / "wording.toml"


@dataclass(frozen=True, slots=True)
class Wording:
    """Variants of every move; `special` holds the replacements by format and level."""

    moves: Variants
    special: Mapping[str, Variants]

    def variants(self, move: str, *tables: str) -> tuple[str, ...]:
        """The variants of a move; the first of `tables` (`level.senior`) that has the move wins."""
        for table in tables:
            found = self.special.get(table, {}).get(move)
            if found:
                return found
        return self.moves[move]

    def every(self, move: str) -> tuple[str, ...]:
        """All variants of a move, whatever the format or level: for recognising what was said."""
        found = list(self.moves[move])
        for table in self.special.values():
            found += table.get(move, ())
        return tuple(found)

    def choose(self, move: str, said: Sequence[str], seed: int, *tables: str) -> str:
        """A variant not yet in `said` (the interviewer's lines, oldest first), never the last one used."""
        variants = self.variants(move, *tables)
        order = sorted(variants, key=lambda v: zlib.crc32(f"{seed}|{move}|{v}".encode()))
        used = [_last_use(v, said) for v in order]
        fresh = [v for v, last in zip(order, used, strict=True) if last < 0]
        if fresh:
            return fresh[0]
        # All were used: the one used longest ago.
        return order[min(range(len(order)), key=lambda i: used[i])]

    def was_said(self, move: str, line: str) -> bool:
        """Whether a line of the interviewer holds a variant of this move."""
        return any(_recogniser(v).found(line) for v in self.every(move))


def fill(variant: str, values: Mapping[str, object]) -> str:
    """A variant with its braces filled; the values are put in as they are."""
    return _FIELD.sub(lambda m: str(values[m.group(1)]), variant)


@dataclass(frozen=True, slots=True)
class _Recogniser:
    anchor: str
    pattern: re.Pattern[str]

    def found(self, line: str) -> bool:
        return self.anchor in line and self.pattern.search(line) is not None


@lru_cache(maxsize=2048)
def _recogniser(variant: str) -> _Recogniser:
    literal = _FIELD.split(variant)[::2]
    pattern = r".+?".join(re.escape(part) for part in literal)
    return _Recogniser(max(literal, key=len), re.compile(pattern, re.DOTALL))


def _last_use(variant: str, said: Sequence[str]) -> int:
    recogniser = _recogniser(variant)
    return next((i for i in range(len(said) - 1, -1, -1) if recogniser.found(said[i])), -1)


@lru_cache(maxsize=8)
def load_wording(path: Path | None = None) -> Wording:
    """Read a wording file; raises ContentError with all its problems."""
    source = path or default_path()
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError([Problem(_FILE, f"cannot be read: {error.strerror}")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError([Problem(_FILE, f"is not TOML: {error}")]) from None
    problems: list[Problem] = []
    moves = _variants(data.get("moves"), "moves", problems)
    special: dict[str, Variants] = {}
    for group in ("company", "level"):
        for name, table in (data.get(group) or {}).items():
            special[f"{group}.{name}"] = _variants(table, f"{group}.{name}", problems)
    for where, table in special.items():
        problems += [
            Problem(_FILE, "is not a move", key=f"{where}.{move}") for move in table if move not in moves
        ]
    problems += _fields(moves, special)
    if problems:
        raise ContentError(problems)
    return Wording(moves, special)


def _variants(table: object, where: str, problems: list[Problem]) -> Variants:
    if not isinstance(table, dict):
        problems.append(Problem(_FILE, "must be a table of moves", key=where))
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for move, variants in table.items():
        if isinstance(variants, list) and variants and all(isinstance(v, str) and v for v in variants):
            found[move] = tuple(variants)
        else:
            problems.append(Problem(_FILE, "must be a list of sentences", key=f"{where}.{move}"))
    return found


def _fields(moves: Variants, special: Mapping[str, Variants]) -> list[Problem]:
    """A variant may use only the values its move is given: those of the move's variants together."""
    problems: list[Problem] = []
    for where, table in special.items():
        for move, variants in table.items():
            known = {name for v in moves.get(move, ()) for name in _FIELD.findall(v)}
            problems += [
                Problem(_FILE, f"uses {{{name}}}, which the move has not", key=f"{where}.{move}")
                for v in variants
                for name in _FIELD.findall(v)
                if name not in known
            ]
    return problems
