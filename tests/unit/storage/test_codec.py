from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain import events as ev
from interviewer.storage.codec import Undecodable, decode, encode

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, st.floats(allow_nan=False), st.integers(1, 10**9))
def test_any_text_and_time_survives(text: str, at: float, seq: int) -> None:
    event = ev.CandidateSaid(seq=seq, at=at, text=text)
    line = encode(event)
    assert "\n" not in line
    assert decode(line) == event


@given(st.text())
def test_a_lone_surrogate_is_replaced_not_fatal(text: str) -> None:
    back = decode(encode(ev.CandidateSaid(seq=1, at=0.0, text=text)))
    assert isinstance(back, ev.CandidateSaid)
    back.text.encode()


def test_not_a_number_stays_so() -> None:
    back = decode(encode(ev.TimeNoticed(seq=1, at=0.0, notice=ev.NoticeKind.TIME_UP, remaining=math.nan)))
    assert isinstance(back, ev.TimeNoticed)
    assert math.isnan(back.remaining)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "one event, not 0"),
        ("{}", "no kind"),
        ("[]", ""),
        ('{"kind": "paused", "seq": 1}', "at is missing"),
        ('{"kind": "paused", "seq": 1, "at": 0, "x": 1}', "x is unknown"),
        ('{"kind": "paused"', "not JSON"),
        ('{"kind": "paused", "seq": 1, "at": 0},{"kind": "paused", "seq": 2, "at": 0}', "one event"),
    ],
)
def test_nonsense_is_refused_with_a_reason(line: str, why: str) -> None:
    with pytest.raises(Undecodable) as caught:
        decode(line)
    assert why in str(caught.value)
