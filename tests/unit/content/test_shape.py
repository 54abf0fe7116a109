from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interviewer.content import own_root
from interviewer.content.catalogue import head
from interviewer.content.shape import key_path, unknown_keys
from interviewer.domain.scenario import Scenario

TEXT = (own_root().scenarios / "_template" / "scenario.toml").read_text()
DATA = {k: v for k, v in tomllib.loads(TEXT).items() if k != "format"}


def tables(value: Any, path: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """Paths of all tables inside a value."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from tables(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from tables(inner, (*path, index))


def at(value: Any, path: tuple[int | str, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


PATHS = list(tables(DATA))


def test_the_template_has_no_unknown_key() -> None:
    assert unknown_keys(Scenario, DATA, "f") == []


@given(data=st.data())
def test_a_key_with_one_letter_too_many_is_found_and_the_right_one_offered(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(PATHS))
    changed = copy.deepcopy(DATA)
    table = at(changed, path)
    key = data.draw(st.sampled_from(sorted(k for k in table if len(k) > 3) or ["text"]))
    place = data.draw(st.integers(0, len(key)))
    wrong = key[:place] + "q" + key[place:]
    table[wrong] = table.pop(key, "x")
    (problem,) = unknown_keys(Scenario, changed, "scenarios/x/scenario.toml")
    assert problem.key == key_path((*path, wrong))
    assert problem.remedy == f"did you mean {key}?"
    assert str(problem).startswith(f"scenarios/x/scenario.toml: {problem.key} is unknown; did you mean")


names = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
scalars = st.one_of(st.integers(), st.booleans(), st.from_regex(r"[\w\[\] #=.]{0,12}", fullmatch=True))


@given(top=st.dictionaries(names, st.one_of(scalars, st.lists(scalars, max_size=3))), tables=st.lists(names))
def test_the_head_is_all_plain_keys_before_the_first_table(top: dict[str, Any], tables: list[str]) -> None:
    def shown(value: Any) -> str:
        if isinstance(value, list):
            return "[\n  " + ",\n  ".join(shown(v) for v in value) + "\n]"
        if isinstance(value, bool):
            return str(value).lower()
        return str(value) if isinstance(value, int) else "'" + value.replace("\n", "") + "'"

    text = "".join(f"{k} = {shown(v)}\n" for k, v in top.items())
    text += "".join(f"[[zz{name}]]\nbroken = = \n" for name in tables)
    expected = {
        k: [s.replace("\n", "") if isinstance(s, str) else s for s in v] if isinstance(v, list) else v
        for k, v in top.items()
    }
    found = head(text)
    assert found == {k: v.replace("\n", "") if isinstance(v, str) else v for k, v in expected.items()}


def test_a_bracket_inside_a_long_string_does_not_cut_the_head() -> None:
    assert head('a = """\n[x]\n"""\nb = 2\n[c]\nd = 1\n')["b"] == 2
