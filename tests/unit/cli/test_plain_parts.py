from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.cli.console import Console, safe
from interviewer.cli.demo import ScriptedLines, load_script
from interviewer.cli.plain import self_rating
from interviewer.cli.wording import result_line, run_line
from interviewer.domain.rubric import Level
from interviewer.domain.test_run import TestResult, TestRun, Tier, Verdict
from interviewer.errors import ContentError, UsageError
from interviewer.service.code_file import LARGEST, CodeFile, read_code

SIGNALS = ("understanding", "technical", "rationale")


def test_a_line_of_numbers_is_a_rating() -> None:
    assert self_rating("4 1 -", SIGNALS) == {"understanding": Level.VERY_STRONG, "technical": Level.VERY_WEAK}
    assert self_rating("2,3,2", SIGNALS)["technical"] is Level.STRONG


@pytest.mark.parametrize("line", ["", "4", "1 2 3 4", "1 2 5", "0 1 2", "good good good", "1 2 ²"])
def test_anything_else_is_refused_with_the_form(line: str) -> None:
    with pytest.raises(UsageError, match="write 3 numbers from 1 to 4"):
        self_rating(line, SIGNALS)


@given(st.text())
def test_no_text_reaches_the_terminal_as_a_command(text: str) -> None:
    shown = safe(text)
    assert all(ord(sign) >= 32 or sign in "\n\t" for sign in shown)
    assert not any(0x7F <= ord(sign) <= 0x9F for sign in shown)


@given(st.text(alphabet="a\x1b[]3m1;\x07 \n"), st.integers(1, 5))
def test_a_reply_cut_into_pieces_anywhere_obeys_nothing_either(text: str, size: int) -> None:
    out = io.StringIO()
    console = Console(out)
    for start in range(0, len(text), size):
        console.piece(text[start : start + size])
    console.end_reply()
    assert "\x1b" not in out.getvalue()
    assert "\x07" not in out.getvalue()


def test_a_coloured_reply_loses_its_colour_even_when_cut_inside_the_sequence() -> None:
    out = io.StringIO()
    console = Console(out)
    for piece in ("one \x1b", "[3", "1mred\x1b[0", "m two"):
        console.piece(piece)
    console.line("note")
    assert out.getvalue() == "interviewer: one red two\nnote\n"


def test_replies_are_announced_once_and_notes_stand_alone() -> None:
    out = io.StringIO()
    console = Console(out)
    console.piece("Hel")
    console.piece("lo.")
    console.line("phase: Outline")
    console.piece("Next")
    console.end_reply()
    console.end_reply()
    assert out.getvalue() == "interviewer: Hello.\nphase: Outline\ninterviewer: Next\n"


def test_code_is_read_as_text(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_bytes(b"\xef\xbb\xbfx = 1\r\ny = '\xc3\xa9'\r\n")
    assert read_code(file) == "x = 1\ny = 'é'\n"
    file.write_bytes(b"x = '\xe9'")
    with pytest.raises(UsageError, match=r"mine\.py: is not UTF-8 text \(byte 5\)"):
        read_code(file)
    file.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(UsageError, match="larger than"):
        read_code(file)
    with pytest.raises(UsageError, match="cannot be read"):
        read_code(tmp_path)


def test_a_followed_file_tells_its_changes_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    file = CodeFile(path, "start\n")
    assert path.read_text() == "start\n"
    assert not file.changed()
    path.write_text("other\n")
    assert file.changed()
    assert file.text == "other\n"
    assert not file.changed()
    # Saved again without a change.
    os.utime(path, (1, 1))
    assert not file.changed()
    # Editors replace files; for a moment there is none.
    path.unlink()
    assert not file.changed()
    path.write_text("third\n")
    assert file.changed()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("mine\n")
    assert CodeFile(path, "start\n").text == "mine\n"
    with pytest.raises(UsageError, match="cannot be written"):
        CodeFile(tmp_path / "no" / "where.py", "start\n")


def result(verdict: Verdict, *, message: str = "", got: str = "", expected: str = "") -> TestResult:
    return TestResult(
        name="shapes", tier=Tier.CORE, hidden=False, verdict=verdict, message=message, got=got,
        expected=expected,
    )  # fmt: skip


def test_results_in_words() -> None:
    assert result_line(result(Verdict.PASSED)) == ["test shapes: passed"]
    assert result_line(result(Verdict.TIMED_OUT)) == ["test shapes: timed out"]
    lines = result_line(result(Verdict.FAILED, got="nan", expected="0.0", message="inertia differs"))
    assert lines == ["test shapes: failed", "  inertia differs", "  got: nan", "  expected: 0.0"]


def test_what_the_sandbox_broke_is_not_charged() -> None:
    run = TestRun(
        scenario="x", seed=0, source_sha="", verdict=Verdict.HARNESS_ERROR,
        results=(result(Verdict.PASSED), result(Verdict.HARNESS_ERROR)),
    )  # fmt: skip
    assert run_line(run) == "tests: 1 of 1 passed; 1 could not run, which is not your fault"


SCRIPT = (
    'format = 1\nscenario = "s"\ncompany = "free"\nlevel = "mid"\nminutes = 45\nseed = 1\n'
    'self_rating = "3 3"\n'
)


async def typed_in(script: dict[str, Any], replies: list[str], ends_after: int = 99) -> list[str]:
    """What the scripted candidate types when the interviewer's replies are these, one a line."""
    typed: list[str] = []
    lines = ScriptedLines(
        script,
        heard=lambda: replies[min(len(typed), len(replies) - 1)],
        ended=lambda: len(typed) >= ends_after,
    )
    while (line := await lines.next(1.0)) is not None:
        typed.append(line)
    return typed


async def test_a_script_becomes_what_a_candidate_would_type(tmp_path: Path) -> None:
    path = tmp_path / "script.toml"
    path.write_text(
        SCRIPT + "[[answers]]\nasked = 'Why'\nwait = 2\nsay = 'because'\n"
        "[[steps]]\nwait = 5\nsay = '/slash, spoken'\n[[steps]]\nwait = 1.5\ncode = '''\nx = 1\n'''\n"
        "[[steps]]\nwait = 0\ndo = 'end'\n"
    )
    script = load_script(path)
    steps = ["/wait 5s", "//slash, spoken", "/wait 1.5s", "/code", "x = 1", ".", "/wait 0s", "/end"]
    answer = ["/wait 2s", "because"]
    assert await typed_in(script, [""]) == steps
    assert await typed_in(script, ["Why?"]) == answer + steps
    assert await typed_in(script, ["", "", "So. Why?"]) == steps[:2] + answer + steps[2:]
    assert await typed_in(script, [""], ends_after=3) == [*steps[:3], "3 3"]


def test_a_broken_script_tells_all_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "script.toml"
    path.write_text(
        SCRIPT + "colour = 1\n[[answers]]\nasked = 'Why'\n"
        "[[steps]]\nwait = 5\nsay = 'a'\ndo = 'end'\n[[steps]]\nsay = 'b'\n"
    )
    with pytest.raises(ContentError) as caught:
        load_script(path)
    assert len(caught.value.problems) == 4
