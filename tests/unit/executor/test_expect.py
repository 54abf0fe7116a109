from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from interviewer import expect
from interviewer.expect import ExpectationFailed

FINITE = st.floats(-1e6, 1e6)


def failure(check: Any, *args: Any, **kwargs: Any) -> ExpectationFailed:
    with pytest.raises(ExpectationFailed) as caught:
        check(*args, **kwargs)
    return caught.value


@settings(deadline=None)
@given(nps.arrays(np.float64, nps.array_shapes(max_dims=3, max_side=4), elements=st.floats(allow_nan=True)))
def test_everything_is_close_and_equal_to_itself(array: Any) -> None:
    expect.close(array, array.copy())
    expect.equal(array.tolist(), array)


@settings(deadline=None)
@given(nps.arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=FINITE), st.data())
def test_one_changed_element_is_found_where_it_is(array: Any, data: Any) -> None:
    at = tuple(data.draw(st.integers(0, n - 1)) for n in array.shape)
    other = array.copy()
    other[at] += 1.0 + abs(other[at])
    failed = failure(expect.close, other, array)
    assert failed.where == f"[{at[0]}, {at[1]}]"
    assert failed.message == f"1 of {array.size} values differ"


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (1.0 + 1e-9, 1.0),
        (np.float32(0.5), 0.5),
        ([1, 2], np.array([1.0, 2.0])),
        ((1, [2, 3]), (1, np.array([2.0, 3.0]))),
        ({"a": [1.0], "b": 2}, {"b": 2.0, "a": np.array([1])}),
        (float("inf"), np.inf),
        ([np.nan, 1], [float("nan"), 1]),
        (1 + 2j, 1 + 2j),
        (np.array([1, 2], dtype=object), [1, 2]),
        (["a", "b"], np.array(["a", "b"])),
        (None, None),
        ([], np.empty(0)),
    ],
)
def test_close_accepts(got: Any, wanted: Any) -> None:
    expect.close(got, wanted)


@pytest.mark.parametrize(
    ("got", "wanted", "words"),
    [
        (1.1, 1.0, "values differ"),
        (None, 1.0, "nothing was returned"),
        ([1, 2, 3], [1, 2], "shape should be (2,), not (3,)"),
        (1.0, [1.0, 1.0], "shape should be (2,), not ()"),
        ([[1], [1, 2]], [[1, 1], [1, 2]], "rows of unequal length"),
        ("1", 1.0, "should be numbers"),
        (np.array([object()]), [1.0], "should be numbers"),
        (float("nan"), 1.0, "values differ"),
        (float("-inf"), float("inf"), "values differ"),
        (1e300, float("inf"), "values differ"),
        ((1, 2), (1, [2, 3]), "shape should be (2,)"),
        ([1], (1, [2, 3]), "should be 2 values, not 1"),
        (3, (1, [2, 3]), "should be 2 values"),
        ({"a": 1}, {"a": 1, "b": 2}, "key 'b' is missing"),
        ({"a": 1, "c": 2}, {"a": 1}, "key 'c' should not be there"),
        ([1], {"a": 1}, "should be a dict"),
        ({"a": 2}, {"a": 1}, "values differ"),
        (object(), 1.0, "cannot be compared"),
        (0, None, "values differ"),
    ],
)
def test_close_refuses_and_says_why(got: Any, wanted: Any, words: str) -> None:
    failed = failure(expect.close, got, wanted, msg="here")
    assert words in failed.message
    assert failed.message.startswith("here: ")
    assert failed.expected != ""


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (1, 1.0),
        ("a", "a"),
        (np.str_("a"), "a"),
        ({1, 2}, {2, 1}),
        ([1, "a"], [1, "a"]),
        (True, True),
        (b"x", b"x"),
    ],
)
def test_equal_accepts(got: Any, wanted: Any) -> None:
    expect.equal(got, wanted)


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (1 + 1e-12, 1),
        ("a", "b"),
        (b"a", "a"),
        ({1}, {1, 2}),
        ([1, "b"], [1, "a"]),
        ([1, 2], [2, 1]),
        (None, 0),
    ],
)
def test_equal_refuses(got: Any, wanted: Any) -> None:
    failure(expect.equal, got, wanted)


def test_tolerances_are_absolute_and_relative() -> None:
    expect.close(101.0, 100.0, rtol=0.01, atol=0)
    failure(expect.close, 101.1, 100.0, rtol=0.01, atol=0)
    expect.close(0.001, 0.0, rtol=0, atol=0.001)
    failure(expect.close, 0.0011, 0.0, rtol=0.5, atol=0.001)


def test_raises() -> None:
    def bad(k: int) -> int:
        return [1][k]

    expect.raises(IndexError, bad, 5)
    expect.raises(LookupError, bad, k=5)
    assert "IndexError" in failure(expect.raises, ValueError, bad, 5).got
    assert failure(expect.raises, ValueError, bad, 0).got == "1"


def test_unchanged_gives_the_value_and_sees_every_kind_of_change() -> None:
    assert expect.unchanged(lambda X, k: X.sum() + k, np.ones(3), k=2) == 5
    assert failure(expect.unchanged, lambda d: d.update(a=2), {"a": 1}).where == "['a']"
    assert "argument 2" in failure(expect.unchanged, lambda a, b: b.sort(), 1, [2, 1]).message
    assert "argument X" in failure(expect.unchanged, lambda X: X.fill(0), X=np.ones(2)).message


def test_long_values_are_shown_short() -> None:
    failed = failure(expect.equal, np.arange(10_000), np.arange(10_001))
    assert len(failed.got) <= 200 and "\n" not in failed.got
