"""Whatever a file holds, loading ends in a scenario or in a ContentError that names the folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.content import Catalogue, ContentRoot, own_root
from interviewer.content.scenarios import load_scenario
from interviewer.domain.scenario import Scenario
from interviewer.errors import ContentError

TEXT = (own_root().scenarios / "_template" / "scenario.toml").read_text()
LINES = TEXT.splitlines(keepends=True)
VALUES = ("0", "-1", "true", '""', "[]", "{}", '"x"', "[1]", '["a"]', "2026-01-01", "nan", "[[]]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("pack") / "scenarios" / "template"
    shutil.copytree(own_root().scenarios / "_template", place)
    yield place


@st.composite
def broken(draw: st.DrawFn) -> str:
    """The template with a few lines dropped, doubled, cut short or given another value."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        how = draw(st.sampled_from(("drop", "double", "cut", "value", "value", "noise")))
        key, equals, _ = lines[at].partition(" = ")
        if how == "drop":
            lines[at] = ""
        elif how == "double":
            lines[at] *= 2
        elif how == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif how == "value" and equals:
            lines[at] = f"{key} = {draw(st.sampled_from(VALUES))}\n"
        else:
            lines[at] = draw(st.text(max_size=20)) + "\n"
    return "".join(lines)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=broken())
def test_any_text_loads_or_is_told(folder: Path, text: str) -> None:
    (folder / "scenario.toml").write_text(text, encoding="utf-8", errors="replace")
    try:
        assert isinstance(load_scenario(folder), Scenario)
    except ContentError as error:
        assert error.problems
        assert all(p.file.startswith("scenarios/template") for p in error.problems)
    catalogue = Catalogue([ContentRoot(folder.parent.parent, pack="p")])
    assert catalogue.problems() or catalogue.get("template")
