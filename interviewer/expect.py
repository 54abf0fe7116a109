"""Checks for a scenario's `tests.py`: compare what came back, and say exactly how it differs.

Everything compared here is a plain value on the trusted side; an object that stayed in the
candidate's process never takes part in a comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

_SHOWN = 200


class ExpectationFailed(AssertionError):
    """A check that did not hold. `where` is the first differing place, like `[2, 0]`."""

    def __init__(
        self, message: str, *, got: str = "", expected: str = "", shape: str = "", where: str = ""
    ) -> None:
        self.message = message
        self.got = got
        self.expected = expected
        self.shape = shape
        self.where = where
        super().__init__(message)


def close(got: Any, expected: Any, rtol: float = 1e-7, atol: float = 1e-9, msg: str = "") -> None:
    """Numbers, arrays, or lists, tuples and dicts of them, equal within tolerance and of equal shape.

    An element differs when ``|got - expected| > atol + rtol * |expected|``. NaN equals NaN, an
    infinity only itself. Raises ExpectationFailed.
    """
    _compare(got, expected, "", _Tolerance(rtol, atol), msg)


def equal(got: Any, expected: Any, msg: str = "") -> None:
    """Exactly equal values and shapes; lists, tuples and arrays of the same contents count as equal.

    Raises ExpectationFailed.
    """
    _compare(got, expected, "", None, msg)


def raises(kind: type[BaseException], call: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """`call(*args, **kwargs)` raises `kind` (or a subclass). Raises ExpectationFailed."""
    try:
        value = call(*args, **kwargs)
    except Exception as error:
        names = getattr(error, "names", None)
        if kind.__name__ in names if names is not None else isinstance(error, kind):
            return
        text = str(error) if names is not None else f"{type(error).__name__}: {error}"
        raise ExpectationFailed(
            f"should raise {kind.__name__}, raised another exception", got=_cut(text), expected=kind.__name__
        ) from None
    raise ExpectationFailed(
        f"should raise {kind.__name__}, but returned", got=show(value), expected=kind.__name__
    )


def unchanged(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call, check that no argument was modified, and give the returned value.

    The comparison uses the arguments as they are after the call in the process that made it.
    Raises ExpectationFailed.
    """
    import copy

    before, named_before = copy.deepcopy(args), copy.deepcopy(kwargs)
    echo = getattr(type(call), "__echo__", None)
    if echo is not None:
        value, after, named_after = echo(call, args, kwargs)
    else:
        value, after, named_after = call(*args, **kwargs), list(args), kwargs
    for number, (was, now) in enumerate(zip(before, after, strict=True), start=1):
        _unmodified(was, now, f"argument {number}")
    for name, was in named_before.items():
        _unmodified(was, named_after.get(name), f"argument {name}")
    return value


def _unmodified(was: Any, now: Any, what: str) -> None:
    if callable(was):
        return
    try:
        _compare(now, was, "", None, "")
    except ExpectationFailed as failed:
        raise ExpectationFailed(
            f"{what} was modified by the call",
            got=failed.got,
            expected=failed.expected,
            shape=failed.shape,
            where=failed.where,
        ) from None


def each(call: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> list[Any]:
    """The values of `call(*arguments)` for each of `calls`, asked for at once.

    For checks that need hundreds of calls: together they have the time of one. What one of them
    raises is raised here, and the others are lost.
    """
    several = [tuple(arguments) for arguments in calls]
    remote = getattr(type(call), "__each__", None)
    if remote is None:
        return [call(*arguments) for arguments in several]
    values = remote(call, several)
    if not isinstance(values, list) or len(values) != len(several):
        raise ExpectationFailed("the calls did not give one value each", got=show(values))
    return values


def peak(call: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, int]:
    """What the call gives, and how many bytes its Python objects and arrays took at most meanwhile.

    Arguments do not count, values pulled out of an iterator do. Measured in the process that makes
    the call, so it tells of a mistake; it is no proof against one who hides it.
    """
    remote = getattr(type(call), "__peak__", None)
    if remote is not None:
        answer = remote(call, args, kwargs)
        if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[1], int):
            raise ExpectationFailed("the memory of the call could not be measured", got=show(answer))
        return answer[0], answer[1]
    import tracemalloc

    tracemalloc.start()
    try:
        value = call(*args, **kwargs)
        return value, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


# --- comparing --------------------------------------------------------------------------------


class _Tolerance:
    def __init__(self, rtol: float, atol: float) -> None:
        self.rtol = rtol
        self.atol = atol


def _compare(got: Any, expected: Any, where: str, tolerance: _Tolerance | None, msg: str) -> None:
    if _is_table(expected) or _is_table(got):
        _compare_tables(got, expected, where, tolerance, msg)
    elif isinstance(expected, dict):
        _compare_dicts(got, expected, where, tolerance, msg)
    elif _is_sequence(expected) and not _is_regular(expected):
        _compare_items(got, expected, where, tolerance, msg)
    elif isinstance(expected, (str, bytes, type(None), set, frozenset)):
        same = type(got) in (type(expected), *_also(expected)) and got == expected
        if not same:
            raise _failed("values differ", got, expected, where, msg)
    else:
        _compare_arrays(got, expected, where, tolerance, msg)


def _also(expected: Any) -> tuple[type, ...]:
    import numpy as np

    if isinstance(expected, str):
        return (str, np.str_)
    return (set, frozenset) if isinstance(expected, (set, frozenset)) else ()


def _is_sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _is_regular(value: Any) -> bool:
    """A sequence that is one array of numbers or texts."""
    import numpy as np

    if any(isinstance(v, (dict, set, type(None))) or _is_table(v) for v in value):
        return False
    try:
        made = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        return False
    if any(isinstance(v, str) for v in value) and not all(isinstance(v, str) for v in value):
        return False
    return made.dtype.kind in "biufcSUmM" and not any(isinstance(v, np.ndarray) for v in value)


def _compare_items(got: Any, expected: Any, where: str, tolerance: _Tolerance | None, msg: str) -> None:
    import numpy as np

    if not isinstance(got, (list, tuple, np.ndarray)):
        raise _failed(f"should be {len(expected)} values", got, expected, where, msg)
    if len(got) != len(expected):
        raise _failed(f"should be {len(expected)} values, not {len(got)}", got, expected, where, msg)
    for index, (mine, theirs) in enumerate(zip(got, expected, strict=True)):
        _compare(mine, theirs, f"{where}[{index}]", tolerance, msg)


def _compare_dicts(
    got: Any, expected: dict[Any, Any], where: str, tolerance: _Tolerance | None, msg: str
) -> None:
    if not isinstance(got, dict):
        raise _failed("should be a dict", got, expected, where, msg)
    missing = [k for k in expected if k not in got]
    if missing:
        raise _failed(f"key {_cut(repr(missing[0]), 40)} is missing", got, expected, where, msg)
    extra = [k for k in got if k not in expected]
    if extra:
        raise _failed(f"key {_cut(repr(extra[0]), 40)} should not be there", got, expected, where, msg)
    for key, theirs in expected.items():
        _compare(got[key], theirs, f"{where}[{key!r}]", tolerance, msg)


def _is_table(value: Any) -> bool:
    return type(value).__module__.startswith("pandas") and hasattr(value, "iloc")


def _compare_tables(got: Any, expected: Any, where: str, tolerance: _Tolerance | None, msg: str) -> None:
    if _is_table(got) and _is_table(expected):
        if type(got) is not type(expected):
            raise _failed(f"should be a {type(expected).__name__}", got, expected, where, msg)
        _compare(list(got.index), list(expected.index), f"{where}.index", tolerance, msg)
        if hasattr(expected, "columns"):
            _compare(list(got.columns), list(expected.columns), f"{where}.columns", tolerance, msg)
            for name in expected.columns:
                _compare(list(got[name]), list(expected[name]), f"{where}[{name!r}]", tolerance, msg)
        else:
            _compare(list(got), list(expected), where, tolerance, msg)
        return
    _compare(
        got.to_numpy() if _is_table(got) else got,
        expected.to_numpy() if _is_table(expected) else expected,
        where,
        tolerance,
        msg,
    )


def _compare_arrays(got: Any, expected: Any, where: str, tolerance: _Tolerance | None, msg: str) -> None:
    import numpy as np

    theirs = np.asarray(expected)
    if got is None:
        raise _failed("nothing was returned", got, expected, where, msg)
    if not isinstance(got, (np.ndarray, np.generic, int, float, complex, bool, list, tuple, str)):
        raise _failed(
            f"a {_kind(got)} cannot be compared here; return plain values", got, expected, where, msg
        )
    try:
        mine = np.asarray(got)
    except (ValueError, TypeError, OverflowError):
        raise _failed("rows of unequal length", got, expected, where, msg) from None
    if mine.shape != theirs.shape:
        text = f"shape should be {theirs.shape}, not {mine.shape}"
        raise _failed(text, mine, theirs, where, msg)
    if tolerance is not None and not _numeric(theirs):
        tolerance = None  # texts have no tolerance
    if tolerance is not None and not _numeric(mine):
        raise _failed(f"should be numbers, not {mine.dtype}", mine, theirs, where, msg)
    try:
        wrong = _differs(mine, theirs, tolerance)
    except (TypeError, ValueError):
        raise _failed(f"values of type {mine.dtype} cannot be compared", mine, theirs, where, msg) from None
    if not wrong.any():
        return
    at = tuple(int(i) for i in np.argwhere(wrong)[0])
    text = "values differ" if mine.ndim == 0 else f"{int(wrong.sum())} of {wrong.size} values differ"
    place = where + (f"[{', '.join(map(str, at))}]" if at else "")
    raise _failed(text, mine[at], theirs[at], place, msg, shape=f"{mine.shape} {mine.dtype}" if at else "")


def _numeric(value: Any) -> bool:
    if value.dtype.kind in "biufc":
        return True
    return value.dtype.kind == "O" and all(isinstance(v, (int, float, complex)) for v in value.ravel())


def _differs(mine: Any, theirs: Any, tolerance: _Tolerance | None) -> Any:
    import numpy as np

    if tolerance is None:
        if mine.dtype.kind in "SUO" or theirs.dtype.kind in "SUO":
            pairs = zip(mine.ravel().tolist(), theirs.ravel().tolist(), strict=True)
            flat = [not (a == b or (a != a and b != b)) for a, b in pairs]
            return np.array(flat, dtype=bool).reshape(theirs.shape)
        both_nan = (mine != mine) & (theirs != theirs)
        return (mine != theirs) & ~both_nan
    kind = np.complex128 if "c" in (mine.dtype.kind, theirs.dtype.kind) else np.float64
    with np.errstate(invalid="ignore", over="ignore"):
        a, b = mine.astype(kind), theirs.astype(kind)
        near = np.abs(a - b) <= tolerance.atol + tolerance.rtol * np.abs(b)
    finite = np.isfinite(a) & np.isfinite(b)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    return ~np.where(finite, near, same)


def _failed(
    what: str, got: Any, expected: Any, where: str, msg: str, shape: str | None = None
) -> ExpectationFailed:
    text = f"{msg}: {what}" if msg else what
    if shape is None:
        shape = f"{got.shape} {got.dtype}" if hasattr(type(got), "dtype") and got.ndim else ""
    return ExpectationFailed(text, got=show(got), expected=show(expected), shape=shape, where=where)


def _kind(value: Any) -> str:
    name = type(value).__name__
    return str(value).strip("<>").split(" ")[0] if name in {"Remote", "RemoteName"} else name


def show(value: Any) -> str:
    """A short one-line form of a value."""
    import numpy as np

    try:
        if isinstance(value, np.ndarray):
            text = np.array2string(value, threshold=12, edgeitems=3, separator=", ", precision=6)
        elif isinstance(value, np.generic):
            text = str(value)
        else:
            text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"
    return _cut(" ".join(text.split()))


def _cut(text: str, limit: int = _SHOWN) -> str:
    return text if len(text) <= limit else text[: limit - 2] + " …"
