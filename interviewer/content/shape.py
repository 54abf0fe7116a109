"""From parsed TOML to domain values, with every problem of a file named at once."""

from __future__ import annotations

import dataclasses
import json
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from interviewer.errors import ContentError, Problem, nearest

T = TypeVar("T")


def read_text(path: Path, file: str) -> str:
    """A UTF-8 text file; raises ContentError when it is missing or not text."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError([Problem(file, "is missing")]) from None
    except UnicodeDecodeError as error:
        raise ContentError([Problem(file, f"is not UTF-8 text: {error.reason}")]) from None
    except OSError as error:
        raise ContentError([Problem(file, f"cannot be read: {error.strerror}")]) from None
    if "\0" in text:
        raise ContentError([Problem(file, "is not text: it holds a null character")])
    return text


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """TOML as plain values; raises ContentError with line and column."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError([Problem(file, f"is not valid TOML: {error}")]) from None


def unknown_keys(
    kind: type[Any], data: Mapping[str, Any], file: str, *, omit: Iterable[str] = (), at: str = ""
) -> list[Problem]:
    """A problem for each key, at any depth, that the dataclass `kind` has no field for.

    Fields in `omit` (top level only) count as unknown: they are filled from elsewhere.
    """
    hints = _hints(kind)
    known = [name for name in hints if name not in set(omit)]
    problems = []
    for key, value in data.items():
        path = f"{at}.{key}" if at else key
        if key not in known:
            near = nearest(key, known)
            remedy = f"did you mean {near}?" if near else f"known: {', '.join(known)}"
            problems.append(Problem(file, "is unknown", key=path, remedy=remedy))
            continue
        inner, many = _inner(hints[key])
        if inner is None:
            continue
        if many and isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    problems += unknown_keys(inner, item, file, at=f"{path}[{index}]")
        elif not many and isinstance(value, dict):
            problems += unknown_keys(inner, value, file, at=path)
    return problems


def build(kind: type[T], data: Mapping[str, Any], file: str) -> T:
    """Turn plain values into the dataclass `kind`; raises ContentError with all problems.

    Types are strict: `"45"` is no number. Unknown keys are errors.
    """
    from pydantic import ValidationError

    problems = unknown_keys(kind, data, file)
    known = {key: value for key, value in data.items() if key in _hints(kind)}
    value: T | None = None
    try:
        value = _adapter(kind).validate_json(json.dumps(known, default=str), strict=True)
    except ValidationError as error:
        problems += [_as_problem(dict(entry), file) for entry in error.errors(include_url=False)]
    if problems or value is None:
        raise ContentError(problems)
    return value


def key_path(loc: Iterable[int | str]) -> str:
    """`("tests", 1, "tier")` as `tests[1].tier`."""
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if path else part
    return path


def _as_problem(entry: dict[str, Any], file: str) -> Problem:
    key = key_path(entry["loc"])
    context = entry.get("ctx") or {}
    given = entry.get("input")
    if entry["type"] == "missing":
        return Problem(file, "is missing", key=key)
    if entry["type"] == "enum":
        allowed = [
            word.strip(" '") for word in str(context.get("expected", "")).replace(" or ", ", ").split(",")
        ]
        near = nearest(given, allowed) if isinstance(given, str) else None
        remedy = f"did you mean {near}?" if near else f"one of: {', '.join(allowed)}"
        return Problem(file, f"cannot be {given!r}", key=key, remedy=remedy)
    message = str(entry["msg"]).removeprefix("Input ")
    return Problem(file, f"{message}, not {_brief(given)}", key=key)


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


_HINTS: dict[type[Any], dict[str, Any]] = {}
_ADAPTERS: dict[type[Any], Any] = {}


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _HINTS:
        hints = typing.get_type_hints(kind)
        _HINTS[kind] = {f.name: hints[f.name] for f in dataclasses.fields(kind)}
    return _HINTS[kind]


def _adapter(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter

    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _inner(hint: Any) -> tuple[type[Any] | None, bool]:
    """The dataclass behind a field type, and whether the field holds many of it."""
    origin = typing.get_origin(hint)
    if origin in (tuple, list):
        inner, _ = _inner(typing.get_args(hint)[0])
        return inner, True
    if origin in (typing.Union, types.UnionType):
        for part in typing.get_args(hint):
            inner, many = _inner(part)
            if inner is not None:
                return inner, many
        return None, False
    return (hint, False) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else (None, False)
