from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import UsageError
from interviewer.service.slash import COMMANDS, NAMES, Mistyped, Said, Slash, parse, seconds


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("hello", Said("hello")),
        ("  hello  ", Said("hello")),
        ("", Said("")),
        ("/hint", Slash("hint")),
        ("/HINT", Slash("hint")),
        ("  /code  my file.py ", Slash("code", "my file.py")),
        ("/next outline", Slash("next", "outline")),
        ("/su", Slash("submit")),
        ("/h", Mistyped("h", "")),
        ("/hnit", Mistyped("hnit", "hint")),
        ("/Xyzzy 3", Mistyped("Xyzzy", "")),
        ("//run is what I would type", Said("/run is what I would type")),
        ("/ 2 is a division", Said("/ 2 is a division")),
        ("/2", Said("/2")),
        ("a /hint b", Said("a /hint b")),
    ],
)
def test_a_line_is_speech_or_a_command(line: str, typed: object) -> None:
    assert parse(line) == typed


def test_a_front_end_may_have_its_own_names() -> None:
    assert parse("/jump", ["jump"]) == Slash("jump")
    assert parse("/hint", ["jump"]) == Mistyped("hint", "")


@given(st.text())
def test_every_text_is_something_and_speech_keeps_its_words(line: str) -> None:
    typed = parse(line)
    if isinstance(typed, Said):
        assert typed.text == line.strip() or "/" + typed.text == line.strip()
    elif isinstance(typed, Slash):
        assert typed.name in NAMES


def test_a_mistyped_command_names_the_nearest() -> None:
    typed = parse("/tset")
    assert isinstance(typed, Mistyped)
    assert "did you mean /test?" in typed.line


def test_every_command_is_unique_and_explained() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(command.about for command in COMMANDS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90", 90), ("90s", 90), ("2m", 120), ("1m30s", 90), ("1m 30s", 90), ("1.5 min", 90), ("1:30", 90),
        ("1h", 3600), ("0", 0), ("2 minutes", 120), ("45 seconds", 45), ("0.5s", 0.5),
    ],
)  # fmt: skip
def test_lengths_of_time(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "x", "-5", "5x", "1:75", "m", "3 4", "90s!", "nan", "inf"])
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(UsageError, match="90s"):
        seconds(text)
