from __future__ import annotations

import contextlib
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from interviewer.executor.child import wire

KEYS = st.one_of(st.integers(), st.text(), st.booleans(), st.none())
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**40), 10**40),
        st.floats(allow_nan=False),
        st.text(),
        st.binary(),
        st.complex_numbers(allow_nan=False, allow_infinity=False),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        st.frozensets(KEYS, max_size=4).map(set),
    ),
    max_leaves=12,
)
ARRAYS = nps.arrays(
    st.one_of(
        nps.integer_dtypes(endianness="?"),
        nps.floating_dtypes(endianness="?"),
        nps.boolean_dtypes(),
        nps.complex_number_dtypes(),
        nps.unicode_string_dtypes(max_len=4),
        nps.byte_string_dtypes(max_len=4),
        nps.datetime64_dtypes(),
    ),
    nps.array_shapes(min_dims=0, min_side=0, max_dims=4, max_side=4),
)


def nothing(_: Any) -> None:
    return None


def there_and_back(value: Any) -> Any:
    encoder = wire.Encoder(nothing)
    data = b"".join(bytes(p) for p in encoder.frame({"v": encoder.doc(value)}))
    header, body = wire.sizes(data[: wire.PREFIX.size])
    start = wire.PREFIX.size
    assert len(data) == start + header + body
    message, buffers = wire.parse(data[start : start + header], bytearray(data[start + header :]))
    return wire.decode(message["v"], buffers, nothing)


@settings(deadline=None)
@given(VALUES)
def test_values_arrive_as_they_left(value: Any) -> None:
    got = there_and_back(value)
    assert got == value
    assert type(got) is type(value)


@settings(deadline=None)
@given(ARRAYS)
def test_arrays_arrive_bit_for_bit(array: Any) -> None:
    got = there_and_back([array, array.T])
    for mine, theirs in zip(got, [array, array.T], strict=True):
        assert (mine.dtype, mine.shape) == (theirs.dtype, theirs.shape)
        assert mine.tobytes() == theirs.tobytes()


@settings(deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_an_error_of_ours(header: bytes, body: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.parse(header, bytearray(body))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["t", "d", "s", "b", "v", "o", "f", "i", "c", "id"]), inner, max_size=5
        ),
    ),
    max_leaves=15,
)
TAGGED = st.builds(
    lambda tag, rest: {**rest, "t": tag},
    st.sampled_from(
        ["nd", "s", "tuple", "dict", "set", "bytes", "complex", "obj", "df", "series", "ref", "?"]
    ),
    st.dictionaries(st.sampled_from(["d", "s", "b", "v", "o", "f", "i", "c", "id"]), JSON, max_size=6),
)


@settings(deadline=None)
@given(st.one_of(JSON, TAGGED), st.binary(max_size=64))
def test_any_document_decodes_or_is_refused_with_our_error(document: Any, body: bytes) -> None:
    def other(doc: dict[str, Any]) -> Any:
        raise wire.WireError("no references here")

    with contextlib.suppress(wire.WireError):
        wire.decode(json.loads(json.dumps(document)), wire.Buffers([len(body)], bytearray(body)), other)


@pytest.mark.parametrize(
    "document",
    [
        {"t": "nd", "d": "<f8", "s": [3], "b": 0},
        {"t": "nd", "d": "|O8", "s": [2], "b": 0},
        {"t": "nd", "d": "<f8", "s": [-1, -2], "b": 0},
        {"t": "nd", "d": "<f8", "s": [0, 1 << 40], "b": 0},
        {"t": "nd", "d": "<U1", "s": [4], "b": 0},
        {"t": "nd", "d": "f8,i4", "s": [1], "b": 0},
        {"t": "nd", "d": "<f8", "s": [2], "b": 9},
        {"t": "nd", "d": "<f8", "s": [True, 2], "b": 0},
        {"t": "bytes", "b": -1},
    ],
)
def test_lying_documents_are_refused(document: Any) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(document, wire.Buffers([16], bytearray(b"\xff" * 16)), nothing)


def test_bools_are_made_of_zero_and_one() -> None:
    buffers = wire.Buffers([3], bytearray(b"\x00\x01\xff"))
    got = wire.decode({"t": "nd", "d": "|b1", "s": [3], "b": 0}, buffers, nothing)
    assert got.sum() == 2


@pytest.mark.parametrize("value", [object(), np.zeros(1, dtype="V4"), lambda: 1])
def test_what_has_no_form_is_refused(value: Any) -> None:
    with pytest.raises(wire.WireError, match="cannot travel"):
        there_and_back(value)


def test_cycles_and_depth_are_refused() -> None:
    cyclic: list[Any] = [[]]
    cyclic.append(cyclic)
    with pytest.raises(wire.WireError, match="nested too deeply"):
        there_and_back(cyclic)
