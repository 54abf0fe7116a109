"""Values over a socket: a fixed prefix, a JSON header, then raw buffers. Never pickle.

A frame is ``MAGIC u32 | header length u32 | body length u64``, the header as UTF-8 JSON
``{"m": message, "n": [buffer length, ...]}``, and the buffers, each padded to 16 bytes.
Plain values are themselves in JSON; everything else is an object with a type tag ``t``:
``tuple`` ``dict`` ``set`` ``bytes`` ``complex`` ``s`` (NumPy scalar) ``nd`` (array) ``obj``
(object array, element by element) ``df`` / ``series`` (pandas, by columns) and references.
Decoding trusts nothing: every size is checked against the bytes that came.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from collections.abc import Callable, Iterator
from typing import Any

MAGIC = 0x31_56_54_49
PREFIX = struct.Struct("<IIQ")
MAX_HEADER = 8 << 20
MAX_BODY = 64 << 20
MAX_DEPTH = 40
MAX_ITEMS = 500_000
MAX_NDIM = 32
MAX_EMPTY_DIM = 1 << 24
_PAD = 16
_JOINED = 1 << 16

_PLAIN = {type(None), bool, int, float, str}
_DTYPE = re.compile(r"[<>|=][biufcSUmM]\d{1,9}(\[\d*\w{1,12}\])?")
_FLAT_KINDS = "biufcSUmM"

# dtypes that have come, by their names; few of the many that may come are ever used.
_forms: dict[str, Any] = {}
_MOST_FORMS = 64

Encode = Callable[[Any], "dict[str, Any] | None"]
Decode = Callable[["dict[str, Any]"], Any]


class WireError(ValueError):
    """A value that cannot travel, or a frame that is not one."""


class FieldsTuple(tuple[Any, ...]):
    """A named tuple that travelled: a tuple with its field names."""

    _names: tuple[str, ...] = ()

    @classmethod
    def build(cls, values: list[Any], names: list[str]) -> FieldsTuple:
        """A tuple of `values` whose fields read as `names`."""
        made = cls(values)
        made._names = tuple(names)
        return made

    def __getattr__(self, name: str) -> Any:
        if name in self._names:
            return self[self._names.index(name)]
        raise AttributeError(name)


def numpy() -> Any:
    """The numpy module, imported on first use."""
    found = sys.modules.get("numpy")
    if found is None:
        import numpy as found
    return found


class Encoder:
    """Collects the buffers of one message. `other` gives a reference for a value that stays behind."""

    def __init__(self, other: Encode) -> None:
        self.buffers: list[Any] = []
        self._size = 0
        self._other = other
        self._np = sys.modules.get("numpy")
        self._ndarray = getattr(self._np, "ndarray", None)

    def doc(self, value: Any, depth: int = 0) -> Any:
        """The JSON form of `value`; raises WireError with the reason when it has none."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is self._ndarray:
            return self._array(self._np, value, depth)
        if depth > MAX_DEPTH:
            raise WireError("a value nested too deeply, or containing itself, cannot travel")
        if kind is list:
            if len(value) > MAX_ITEMS:
                raise WireError(f"a list of {len(value)} Python values cannot travel; use NumPy arrays")
            if set(map(type, value)) <= _PLAIN:
                return value
            return [self.doc(v, depth + 1) for v in value]
        if isinstance(value, tuple):
            items = list(tuple.__iter__(value))
            if not set(map(type, items)) <= _PLAIN:
                items = [self.doc(v, depth + 1) for v in items]
            names = getattr(kind, "_fields", None)
            if isinstance(names, tuple) and len(names) == len(items):
                return {"t": "tuple", "v": items, "f": [str(n) for n in names]}
            return {"t": "tuple", "v": items}
        if isinstance(value, dict):
            doc, deeper = self.doc, depth + 1
            pairs = [[k if type(k) is str else doc(k, deeper), doc(v, deeper)] for k, v in dict.items(value)]
            return {"t": "dict", "v": pairs}
        if kind is set or kind is frozenset:
            return {"t": "set", "v": [self.doc(v, depth + 1) for v in value]}
        if kind is bytes or kind is bytearray:
            return {"t": "bytes", "b": self._buffer(bytes(value))}
        if kind is complex:
            return {"t": "complex", "v": [value.real, value.imag]}
        return self._foreign(value, kind, depth)

    def _foreign(self, value: Any, kind: type, depth: int) -> Any:
        np = self._np
        if np is not None and self._ndarray is not None:
            if isinstance(value, np.ndarray) and not hasattr(value, "mask") and kind is not np.matrix:
                return self._array(np, np.asarray(value), depth)
            if isinstance(value, np.generic):
                if value.dtype.kind not in _FLAT_KINDS:
                    raise WireError(f"a NumPy scalar of type {value.dtype} cannot travel")
                return {"t": "s", "d": value.dtype.str, "b": self._buffer(value.tobytes())}
        pd = sys.modules.get("pandas")
        if pd is not None and hasattr(pd, "DataFrame"):
            if isinstance(value, pd.DataFrame):
                columns = [self._column(value.iloc[:, i], depth) for i in range(value.shape[1])]
                names = [self.doc(c, depth + 1) for c in value.columns]
                return {"t": "df", "c": names, "v": columns, "i": self._column(value.index, depth)}
            if isinstance(value, pd.Series):
                return {
                    "t": "series",
                    "f": self.doc(value.name, depth + 1),
                    "v": self._column(value, depth),
                    "i": self._column(value.index, depth),
                }
            if isinstance(value, pd.Timestamp):
                return self._foreign(value.to_datetime64(), type(value.to_datetime64()), depth)
        reference = self._other(value)
        if reference is None:
            raise WireError(f"a value of type {kind.__name__} cannot travel")
        return reference

    def _column(self, column: Any, depth: int) -> Any:
        np = numpy()
        values = column.to_numpy()
        if values.dtype.kind not in _FLAT_KINDS:
            values = np.asarray([None if v is not None and v != v else v for v in values], dtype=object)
        return self._array(np, values, depth + 1)

    def _array(self, np: Any, value: Any, depth: int) -> Any:
        dtype = value.dtype
        if dtype.kind == "O":
            if value.size > 200_000:
                raise WireError("an object array of this size cannot travel; use a numeric dtype")
            items = [self.doc(v, depth + 1) for v in value.ravel().tolist()]
            return {"t": "obj", "s": list(value.shape), "v": items}
        if dtype.kind not in _FLAT_KINDS:
            raise WireError(f"an array of dtype {dtype} cannot travel; use one plain array per field")
        if value.nbytes + self._size > MAX_BODY:
            raise WireError(
                f"an array of {value.nbytes >> 20} MB cannot travel; {MAX_BODY >> 20} MB is the limit"
            )
        flags = value.flags
        turned = flags.f_contiguous and not flags.c_contiguous
        flat = value.T if turned else value
        raw = flat.tobytes() if value.nbytes <= _JOINED else _bytes_of(np.ascontiguousarray(flat))
        doc = {"t": "nd", "d": dtype.str, "s": list(value.shape), "b": self._buffer(raw)}
        if turned:
            doc["o"] = "F"
        return doc

    def _buffer(self, raw: bytes | memoryview) -> int:
        self._size += len(raw) + _PAD
        if self._size > MAX_BODY:
            raise WireError(f"more than {MAX_BODY >> 20} MB cannot travel at once")
        self.buffers.append(raw)
        return len(self.buffers) - 1

    def frame(self, message: dict[str, Any]) -> list[Any]:
        """The pieces of the frame that carries `message`, whose values were encoded by `doc`."""
        try:
            header = json.dumps({"m": message, "n": [len(b) for b in self.buffers]}).encode(
                "utf-8", "replace"
            )
        except (ValueError, TypeError, RecursionError) as error:
            raise WireError(f"the value cannot travel: {error}") from None
        if len(header) > MAX_HEADER:
            raise WireError("so many separate Python values cannot travel; use NumPy arrays")
        body = sum(_padded(len(b)) for b in self.buffers)
        pieces: list[Any] = [PREFIX.pack(MAGIC, len(header), body) + header]
        for raw in self.buffers:
            pieces.append(raw)
            gap = _padded(len(raw)) - len(raw)
            if gap:
                pieces.append(bytes(gap))
        # One small packet instead of several: every piece is a system call and a wake-up.
        return [b"".join(pieces)] if body <= _JOINED else pieces


def _bytes_of(array: Any) -> memoryview:
    return memoryview(array.reshape(-1).view("u1"))


def _padded(size: int) -> int:
    return (size + _PAD - 1) // _PAD * _PAD


def sizes(prefix: bytes) -> tuple[int, int]:
    """Header and body length announced by a frame's first 16 bytes; raises WireError."""
    magic, header, body = PREFIX.unpack(prefix)
    if magic != MAGIC or header > MAX_HEADER or body > MAX_BODY + (1 << 20):
        raise WireError("not a frame")
    return header, body


def parse(header: bytes | bytearray, body: bytearray) -> tuple[dict[str, Any], Buffers]:
    """The message and its buffers; raises WireError for anything malformed."""
    try:
        document = json.loads(header.decode("utf-8"))
        message, lengths = document["m"], document["n"]
        if type(message) is not dict or type(lengths) is not list:
            raise WireError("not a frame")
        return message, Buffers(lengths, body)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise WireError(f"not a frame: {type(error).__name__}") from None


class Buffers:
    """The raw part of one frame, cut into its buffers."""

    def __init__(self, lengths: list[Any], body: bytearray) -> None:
        self._parts: list[memoryview] = []
        view, start = memoryview(body), 0
        for length in lengths:
            if type(length) is not int or length < 0 or start + length > len(body):
                raise WireError("a buffer does not fit its frame")
            self._parts.append(view[start : start + length])
            start += _padded(length)

    def take(self, index: Any) -> memoryview:
        """Buffer number `index`."""
        if type(index) is not int or not 0 <= index < len(self._parts):
            raise WireError("no such buffer")
        return self._parts[index]


def decode(doc: Any, buffers: Buffers, other: Decode, depth: int = 0) -> Any:
    """The value `doc` stands for; `other` resolves references. Raises WireError."""
    try:
        return _decode(doc, buffers, other, depth)
    except WireError:
        raise
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError) as error:
        raise WireError(f"not a value: {type(error).__name__}") from None


def _decode(doc: Any, buffers: Buffers, other: Decode, depth: int) -> Any:
    kind = type(doc)
    if kind in _PLAIN:
        return doc
    if depth > MAX_DEPTH + 2:
        raise WireError("a value nested too deeply")
    if kind is list:
        if set(map(type, doc)) <= _PLAIN:
            return doc
        return [_decode(v, buffers, other, depth + 1) for v in doc]
    tag = doc["t"]
    if tag == "nd":
        return _nd(doc, buffers)
    if tag == "s":
        return _flat(doc["d"], buffers.take(doc["b"]), 1)[0]
    if tag == "tuple":
        items = doc["v"]
        if type(items) is not list or not set(map(type, items)) <= _PLAIN:
            items = list(_each(items, buffers, other, depth))
        names = doc.get("f")
        if type(names) is list and len(names) == len(items) and all(type(n) is str for n in names):
            return FieldsTuple.build(items, names)
        return tuple(items)
    if tag == "dict":
        pairs = ((_decode(k, buffers, other, depth + 1), v) for k, v in doc["v"])
        return {k: _decode(v, buffers, other, depth + 1) for k, v in pairs}
    if tag == "set":
        return set(_each(doc["v"], buffers, other, depth))
    if tag == "bytes":
        return bytes(buffers.take(doc["b"]))
    if tag == "complex":
        return complex(float(doc["v"][0]), float(doc["v"][1]))
    if tag == "obj":
        np, shape = numpy(), _shape(doc["s"])
        flat = np.empty(len(doc["v"]), dtype=object)
        for i, value in enumerate(_each(doc["v"], buffers, other, depth)):
            flat[i] = value
        return flat.reshape(shape)
    if tag in {"df", "series"}:
        return _table(doc, buffers, other, depth)
    return other(doc)


def _each(items: Any, buffers: Buffers, other: Decode, depth: int) -> Iterator[Any]:
    if type(items) is not list:
        raise WireError("not a list")
    return (_decode(v, buffers, other, depth + 1) for v in items)


def _shape(shape: Any) -> tuple[int, ...]:
    if type(shape) is not list or len(shape) > MAX_NDIM:
        raise WireError("not a shape")
    for side in shape:
        if type(side) is not int or not 0 <= side <= MAX_BODY:
            raise WireError("not a shape")
    if 0 in shape and max(shape) > MAX_EMPTY_DIM:
        raise WireError("an empty array with a huge side")
    return tuple(shape)


def _flat(dtype: Any, raw: memoryview, count: int) -> Any:
    np = numpy()
    form = _forms.get(dtype) if type(dtype) is str else None
    if form is None:
        if type(dtype) is not str or not _DTYPE.fullmatch(dtype):
            raise WireError("not a plain dtype")
        form = np.dtype(dtype)
        if len(_forms) < _MOST_FORMS:
            _forms[dtype] = form
    if form.itemsize * count != len(raw):
        raise WireError("an array's shape does not fit its bytes")
    if form.kind == "b":
        # A bool byte other than 0 or 1 would not behave as one.
        return np.frombuffer(raw, dtype="u1") != 0
    if not count or not form.itemsize:
        return np.empty(count, dtype=form)
    flat = np.frombuffer(raw, dtype=form)
    if form.kind == "U" and (flat.view(form.str[0] + "u4") > 0x10FFFF).any():
        raise WireError("text that is not Unicode")
    return flat


def _nd(doc: dict[str, Any], buffers: Buffers) -> Any:
    shape = _shape(doc["s"])
    count = 1
    for side in shape:
        count *= side
    return _flat(doc["d"], buffers.take(doc["b"]), count).reshape(
        shape, order="F" if doc.get("o") == "F" else "C"
    )


def _table(doc: dict[str, Any], buffers: Buffers, other: Decode, depth: int) -> Any:
    # Never imported at a sender's wish: that would take seconds of nobody's clock.
    pd = sys.modules.get("pandas")
    if pd is None or not hasattr(pd, "DataFrame"):
        raise WireError("a pandas table came back where the tests use none")
    index = _decode(doc["i"], buffers, other, depth + 1)
    if doc["t"] == "series":
        name = _decode(doc["f"], buffers, other, depth + 1)
        return pd.Series(_decode(doc["v"], buffers, other, depth + 1), index=index, name=name)
    names = list(_each(doc["c"], buffers, other, depth))
    columns = list(_each(doc["v"], buffers, other, depth))
    frame = pd.DataFrame(dict(enumerate(columns)), index=index)
    frame.columns = pd.Index(names)
    return frame
