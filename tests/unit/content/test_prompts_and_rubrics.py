from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content import ContentRoot, load_prompt, load_rubric, prompts, rubrics
from interviewer.errors import ContentError, OurFault, UnknownName

PROMPT = '+++\nid = "greet"\nversion = 2\nvariables = ["name"]\n+++\n\nHello {{ name }}.\n'
RUBRIC = """
id = "short"
version = 1
kind = "coding"
title = "Short"
formula = "the lowest"
[[signals]]
id = "skill"
title = "Skill"
definition = "what was done"
[[signals.levels]]
level = "strong"
text = "right"
[[decisions]]
level = "strong"
decision = "hire"
meaning = "yes"
levelling = "as asked"
[[weights]]
id = "all"
title = "All"
weight = 100
"""


def roots(folder: Path, *, prompt: str = PROMPT, rubric: str = RUBRIC) -> list[ContentRoot]:
    for name, file, text in (("prompts", "greet.md", prompt), ("rubrics", "short.toml", rubric)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / file).write_text(text)
    return [ContentRoot(folder, pack=str(folder))]


def test_a_prompt_is_filled_strictly_and_values_are_no_templates(tmp_path: Path) -> None:
    prompt = load_prompt("greet", roots(tmp_path))
    assert prompt.render(name="{{ 7 * 7 }} <b>") == "Hello {{ 7 * 7 }} <b>."
    assert prompt.label.startswith("greet@2+")
    for wrong in ({}, {"nam": "x"}, {"name": "x", "more": 1}):
        with pytest.raises(OurFault, match="takes name"):
            prompt.render(**wrong)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "greet"', 'id = "great"', "is not the file's name"),
        ("version = 2", "versoin = 2", "did you mean version?"),
        ('["name"]', '["name", "brief"]', "declares brief and never uses it"),
        ("{{ name }}", "{{ name }} {{ title }}", "uses title without declaring it"),
        ("{{ name }}", "{{ name ", "is not a valid template"),
        ("+++\nid", "id", "has no head"),
        ("version = 2", "version = ", "is not valid TOML"),
    ],
)
def test_a_broken_prompt_is_told(tmp_path: Path, old: str, new: str, expected: str) -> None:
    found = roots(tmp_path, prompt=PROMPT.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        prompts(found)
    assert expected in str(caught.value)
    assert str(caught.value).startswith("prompts/greet.md")


def test_a_rubric_loads_and_a_later_root_replaces_it(tmp_path: Path) -> None:
    first = roots(tmp_path / "a")
    second = roots(tmp_path / "b", rubric=RUBRIC.replace("version = 1", "version = 9"))
    assert load_rubric("short", first).version == 1
    assert rubrics([*first, *second])["short"].version == 9
    assert rubrics(first)["short"].signals[0].levels[0].text == "right"


def test_a_broken_rubric_is_told(tmp_path: Path) -> None:
    bad = RUBRIC.replace("weight = 100", "weight = 90").replace('"short"', '"long"')
    with pytest.raises(ContentError) as caught:
        rubrics(roots(tmp_path, rubric=bad))
    assert "weights sum to 90, not 100" in str(caught.value)
    assert "id 'long' is not the file's name" in str(caught.value)


def test_unknown_names_offer_the_nearest(tmp_path: Path) -> None:
    found = roots(tmp_path)
    with pytest.raises(UnknownName, match="did you mean greet"):
        load_prompt("gret", found)
    with pytest.raises(UnknownName, match="did you mean short"):
        load_rubric("shrt", found)
