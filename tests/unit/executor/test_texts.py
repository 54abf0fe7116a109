from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.executor.programs import Live
from interviewer.executor.texts import clean, clean_output


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1bP+q\x1b\\after", "after"),
        ("\x9b2Jx", "x"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb\x00\x07c", "a\tbc"),
        ("\u202eevil\u202c", "evil"),
        ("[bold]not markup[/bold] [1, 2]", "[bold]not markup[/bold] [1, 2]"),
        ("\x1b[", ""),
        ("é 中 😀", "é 中 😀"),
    ],
)
def test_terminal_sequences_and_controls_go(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@settings(deadline=None)
@given(st.text(st.characters(codec=None)))
def test_clean_text_is_printable_and_encodable(text: str) -> None:
    got = clean(text)
    got.encode("utf-8")
    assert all(c in "\n\t" or unicodedata.category(c) != "Cc" for c in got)


def test_long_output_is_cut_with_a_note() -> None:
    assert clean_output(b"x" * 5000, 4096) == "x" * 4096 + "\n… output cut after 4 KB"
    assert clean_output(b"\xff\xfe", 4096) == "\ufffd\ufffd"


def test_live_output_keeps_split_characters_whole() -> None:
    heard: list[str] = []
    live = Live(heard.append)
    for byte in "aé😀".encode():
        live(bytes([byte]))
    assert "".join(heard) == "aé😀"
