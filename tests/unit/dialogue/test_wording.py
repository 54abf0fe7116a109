"""The wording file, the choice of variants, and the promises of tone it keeps."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.dialogue.offline.wording import Wording, default_path, fill, load_wording
from interviewer.errors import ContentError

CODE = Path(__file__).resolve().parents[3] / "interviewer" / "dialogue" / "offline"
MOVE = re.compile(
    r'(?:say|words_for|last_was|count|was_said)\(\s*((?:"\w+"(?: if [^"]+? else )?,?\s*)+)', re.DOTALL
)


def used_moves() -> set[str]:
    found: set[str] = set()
    for path in CODE.glob("*.py"):
        for group in MOVE.findall(path.read_text(encoding="utf-8")):
            found |= set(re.findall(r'"(\w+)"', group))
    return found


def test_every_move_the_code_makes_has_words() -> None:
    wording = load_wording()
    used = used_moves()
    assert len(used) > 40
    assert not {m for m in used if m not in wording.moves}


def test_a_variant_never_follows_itself_and_all_are_used_before_one_comes_again() -> None:
    wording = load_wording()
    for move, variants in wording.moves.items():
        if len(variants) < 2:
            continue
        said: list[str] = []
        for _ in range(2 * len(variants)):
            variant = wording.choose(move, said, seed=4)
            said.append(variant)
        assert len(set(said[: len(variants)])) == len(variants)
        assert all(a != b for a, b in pairwise(said))


@given(st.integers(0, 10_000))
def test_the_choice_depends_on_the_seed_and_nothing_else(seed: int) -> None:
    wording = load_wording()
    assert wording.choose("opening", [], seed) == wording.choose("opening", [], seed)
    assert wording.choose("opening", [], seed) in wording.moves["opening"]


def test_seeds_differ_in_their_first_variant() -> None:
    wording = load_wording()
    assert len({wording.choose("go_on", [], seed) for seed in range(30)}) > 1


def test_level_and_format_have_words_of_their_own() -> None:
    wording = load_wording()
    assert wording.variants("more", "level.senior") != wording.variants("more", "level.mid")
    assert wording.variants("opening_no_run", "company.amazon") != wording.moves["opening_no_run"]


def test_what_was_said_is_recognised_whatever_filled_it() -> None:
    wording = load_wording()
    for move in ("hint_offer", "correct", "what_about", "opening"):
        for variant in wording.every(move):
            names = re.findall(r"\{(\w+)\}", variant)
            line = fill(variant, dict.fromkeys(names, "any {braces} of\ntheirs"))
            assert wording.was_said(move, f"Okay. {line} And more.")
    assert not wording.was_said("hint_offer", "Cost: nothing.")


def test_no_variant_praises_or_rates() -> None:
    wording = load_wording()
    praise = re.compile(r"\b(great|good|excellent|perfect|well done|nice|strong|weak|impressive)\b", re.I)
    for table in (wording.moves, *wording.special.values()):
        for variants in table.values():
            for variant in variants:
                assert not praise.search(variant), variant
                assert len(variant) < 190


def test_the_file_is_the_shipped_one() -> None:
    assert default_path().is_file()


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    file = tmp_path / "wording.toml"
    file.write_text(
        '[moves]\nack = "Okay."\nhint = ["{text}"]\n[level.mid]\nhint = ["{texts}"]\nhunt = ["x"]\n', "utf-8"
    )
    with pytest.raises(ContentError) as caught:
        load_wording(file)
    keys = {p.key for p in caught.value.problems}
    assert keys == {"moves.ack", "level.mid.hint", "level.mid.hunt"}
    file.write_text("[moves\n", "utf-8")
    with pytest.raises(ContentError, match="not TOML"):
        load_wording.__wrapped__(file)
    with pytest.raises(ContentError, match="cannot be read"):
        load_wording(tmp_path / "none.toml")


def test_a_wording_of_ones_own_is_used() -> None:
    own = Wording({"ack": ("Hm.",)}, {})
    assert own.choose("ack", ["Hm."], 0) == "Hm."
