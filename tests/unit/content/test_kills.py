from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content import own_root
from interviewer.content.check.kills import rewrite_kills
from interviewer.errors import OurFault

TEXT = (own_root().scenarios / "_template" / "scenario.toml").read_text()
DATA = tomllib.loads(TEXT)
MUTANTS = [m["id"] for m in DATA["mutants"]]
TESTS = [t["name"] for t in DATA["tests"]]


@given(st.dictionaries(st.sampled_from(MUTANTS), st.lists(st.sampled_from(TESTS), unique=True)))
def test_only_the_lists_change(kills: dict[str, list[str]]) -> None:
    new = rewrite_kills(TEXT, kills)
    wanted = tomllib.loads(TEXT)
    for mutant in wanted["mutants"]:
        mutant["killed_by"] = kills.get(mutant["id"], mutant["killed_by"])
    assert tomllib.loads(new) == wanted
    before = [line for line in TEXT.splitlines() if not line.startswith("killed_by")]
    assert [line for line in new.splitlines() if not line.startswith("killed_by")] == before
    assert rewrite_kills(new, kills) == new


def test_a_list_over_several_lines_is_replaced_and_a_missing_one_is_added() -> None:
    text = '[[mutants]]\nid = "a"\nkilled_by = [\n  "x", # why\n  "y",\n]\n# kept\n\n[[mutants]]\nid = "b"'
    new = rewrite_kills(text, {"a": ["z"], "b": ["x", "y"]})
    assert new == (
        '[[mutants]]\nid = "a"\nkilled_by = ["z"]\n# kept\n\n[[mutants]]\nid = "b"\nkilled_by = ["x", "y"]\n'
    )


def test_a_layout_that_cannot_be_kept_is_refused() -> None:
    text = '[[mutants]]\nid = "a"\nquestion = """\nkilled_by = [1]\n"""\nkilled_by = []\n'
    with pytest.raises(OurFault, match="by hand"):
        rewrite_kills(text, {"a": ["x"]})
