from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.content.scenarios import digest, load_scenario
from interviewer.domain.scenario import Pattern
from interviewer.errors import ContentError

Plant = Callable[[Path, str, str], None]


def complaints(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_scenario(folder)
    return [str(p) for p in caught.value.problems]


def test_a_good_scenario_loads_with_the_common_facts(sample: Path) -> None:
    scenario = load_scenario(sample)
    assert scenario.id == "sample"
    assert scenario.patterns == (Pattern.WINDOWS, Pattern.SHAPES)
    assert [f.id for f in scenario.facts][:2] == ["bounds", "start"]
    assert {"c_libs", "c_time", "c_run", "c_perf"} <= {f.id for f in scenario.facts}
    assert scenario.brief.startswith("Our dashboard")
    assert scenario.path == str(sample)
    libraries = scenario.fact("c_libs")
    assert libraries is not None
    assert libraries.answer.startswith("NumPy and the Python standard library")


def test_a_scenario_replaces_a_common_fact_and_brings_its_libraries(sample: Path, plant: Plant) -> None:
    toml = sample / "scenario.toml"
    plant(toml, 'id = "gaps"', 'id = "c_perf"')
    plant(toml, 'fact = "gaps"', 'fact = "c_perf"')
    plant(toml, 'libraries = ["numpy"]', 'libraries = ["numpy", "pandas"]')
    scenario = load_scenario(sample)
    assert [f.id for f in scenario.facts].count("c_perf") == 1
    own = scenario.fact("c_perf")
    libraries = scenario.fact("c_libs")
    assert own is not None
    assert libraries is not None
    assert "NaN" in own.answer
    assert libraries.answer.startswith("NumPy, pandas and the Python standard library")


FAULTS = [
    ("scenario.toml", 'tier = "core"', 'teir = "core"', "tests[0].teir is unknown; did you mean tier?"),
    ("scenario.toml", 'tier = "core"', 'teir = "core"', "tests[0].tier is missing"),
    ("scenario.toml", 'tier = "edge"', 'tier = "egde"', "tests[3].tier cannot be 'egde'; did you mean edge?"),
    ("scenario.toml", "minutes = 30", 'minutes = "30"', "minutes should be a valid integer, not '30'"),
    ("scenario.toml", "minutes = 30", "minuets = 30", "minuets is unknown; did you mean minutes?"),
    ("scenario.toml", "plain = [", "plane = [", "facts[0].probes.plane is unknown; did you mean plain?"),
    (
        "scenario.toml",
        "memory_mb = 512",
        "memory_gb = 1",
        "limits.memory_gb is unknown; did you mean memory_mb?",
    ),
    ("scenario.toml", 'text = "a fresh', 'txt = "a fresh', "decisions[0].reasons[0].txt is unknown"),
    ("scenario.toml", 'id = "sample"', 'id = "other"', "id 'other' is not the folder's name"),
    ("scenario.toml", "format = 1", "format = 2", "format 2 is not known here; update the program"),
    ("scenario.toml", "format = 1\n", "", "format is missing; add format = 1"),
    (
        "scenario.toml",
        "minutes = 30",
        'minutes = 30\nbrief = "x"',
        "brief does not belong here; write it to brief",
    ),
    ("scenario.toml", "minutes = 30", 'minutes = 30\ndigest = "x"', "digest is unknown"),
    ("scenario.toml", "minutes = 30", "minutes = ", "is not valid TOML"),
    (
        "scenario.toml",
        '["gaps_left_out"]',
        '["gaps_leftout"]',
        "facts[2].tests names no test: 'gaps_leftout'; did",
    ),
    (
        "scenario.toml",
        'killed_by = ["nothing_in"]',
        'killed_by = ["nothing"]',
        "killed_by names no test: 'nothing'",
    ),
    (
        "scenario.toml",
        'fact = "window"',
        'fact = "windows"',
        "names no fact: 'windows'; did you mean window?",
    ),
    ("scenario.toml", 'id = "gaps"', 'id = "start"', "facts[2].id 'start' is taken by facts[1]"),
    ("scenario.toml", 'id = "gaps"', 'id = "Gaps!"', "facts[2].id 'Gaps!' is not made of a-z, 0-9 and _"),
    ("scenario.toml", 'id = "gap_spreads"', 'id = "spreading"', "has no file mutants/spreading.py"),
    (
        "scenario.toml",
        'id = "gap_spreads"',
        'id = "spreading"',
        "mutants/gap_spreads.py: is not listed under",
    ),
    (
        "scenario.toml",
        "'window\\s*//",
        "'window(\\s*//",
        "interjections[1].pattern is not a regular expression",
    ),
    (
        "scenario.toml",
        "'\\bin place\\b',",
        "'in (place',",
        "facts[3].aliases[1] rule 'in (place' is not a regular",
    ),
    (
        "scenario.toml",
        "['\\bnans?\\b && \\b(zero|0)\\b']",
        "['nan && ']",
        "misconceptions[0].aliases[0] rule 'nan && '",
    ),
    ("scenario.toml", "minutes = 10\n", "", "interjections[0].minutes must be above 0"),
    (
        "scenario.toml",
        "pattern = 'window\\s*//\\s*2'\n",
        "",
        "interjections[1].pattern is missing; trigger code_matches",
    ),
    (
        "tests.py",
        "def test_nothing_in(",
        "def test_nothing(",
        "tests.py has no test_nothing_in; did you mean",
    ),
    (
        "tests.py",
        "def test_nothing_in(",
        "def test_nothing(",
        "test_nothing (line 52) is not listed under [[tests]]",
    ),
    ("tests.py", "def test_nothing_in(", "def test nothing(", "tests.py: is not valid Python"),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), FAULTS)
def test_each_fault_is_named(
    sample: Path, plant: Plant, name: str, old: str, new: str, expected: str
) -> None:
    plant(sample / name, old, new)
    found = complaints(sample)
    assert any(expected in line for line in found), found
    assert all(line.startswith("scenarios/sample/") for line in found)


def test_all_problems_come_at_once(sample: Path, plant: Plant) -> None:
    toml = sample / "scenario.toml"
    plant(toml, "minutes = 30", "minuets = 30")
    plant(toml, 'level = "junior"', 'level = "jnior"')
    plant(toml, 'tier = "core"', 'teir = "core"')
    (sample / "brief.md").unlink()
    (sample / "guide.md").write_bytes(b"\xff\xfe\x00")
    found = "\n".join(complaints(sample))
    for part in (
        "minuets",
        "minutes is missing",
        "'jnior'",
        "teir",
        "brief.md: is missing",
        "guide.md: is not UTF-8",
    ):
        assert part in found


def test_missing_folder_and_missing_file_are_told(tmp_path: Path, sample: Path) -> None:
    assert "is not a folder" in complaints(tmp_path / "nowhere")[0]
    (sample / "scenario.toml").unlink()
    assert complaints(sample) == ["scenarios/sample/scenario.toml: is missing"]


def test_digest_follows_every_file_and_ignores_caches(sample: Path) -> None:
    seen = {digest(sample)}
    for name in ("brief.md", "tests.py", "mutants/no_check.py", "solutions/deque.py", "scenario.toml"):
        file = sample / name
        file.write_text(file.read_text() + "\n# changed\n")
        seen.add(digest(sample))
    assert len(seen) == 6
    (sample / "__pycache__").mkdir()
    (sample / "__pycache__" / "tests.cpython-311.pyc").write_bytes(b"x")
    (sample / ".DS_Store").write_bytes(b"x")
    assert digest(sample) in seen


def test_an_interview_without_code_needs_no_code_files(sample: Path) -> None:
    toml = sample / "scenario.toml"
    head, rest = toml.read_text().split("[limits]")
    facts = rest[rest.index("[[facts]]") : rest.index("[[decisions]]")]
    follow_ups = rest[rest.index("[[follow_ups]]") : rest.index("[[interjections]]")]
    head = head.replace('kind = "coding"', 'kind = "concepts"')
    head = "\n".join(
        line for line in head.splitlines() if not line.startswith(("entry", "signatures", "libraries"))
    )
    facts = "\n".join(line for line in facts.splitlines() if not line.startswith("tests ="))
    toml.write_text(f"{head}\n{facts}\n{follow_ups}")
    for name in ("starter.py", "reference.py", "tests.py"):
        (sample / name).unlink()
    scenario = load_scenario(sample)
    assert scenario.tests == ()
    assert scenario.libraries == ()
    assert not any(f.id.startswith("c_") for f in scenario.facts)
