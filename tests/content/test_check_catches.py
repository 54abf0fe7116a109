"""One planted fault per kind of problem: the check must name it, at its file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.content.check import check_scenario
from interviewer.content.check.report import ScenarioReport
from interviewer.content.scenarios import load_scenario
from interviewer.executor import LocalExecutor

Plant = Callable[[str, str, str], None]
Fault = dict[str, str]

TOML, TESTS, REFERENCE = "scenario.toml", "tests.py", "reference.py"


def check(folder: Path, executor: LocalExecutor | None) -> ScenarioReport:
    return check_scenario(folder, executor)


def lines(report: ScenarioReport) -> list[str]:
    return [str(p).removeprefix("scenarios/planted/") for p in report.problems]


def test_a_new_scenario_passes_as_it_is(scenario: Path, executor: LocalExecutor) -> None:
    report = check(scenario, executor)
    assert lines(report) == []
    assert report.mutants["running_sum"] == ("spike_is_forgotten",)
    assert all(report.mutants.values())


FAULTS = tomllib.loads((Path(__file__).parent / "faults.toml").read_text())


@pytest.mark.parametrize("fault", FAULTS["reading"], ids=lambda f: f["told"][:60])
def test_what_reading_shows(fault: Fault, scenario: Path, plant: Plant) -> None:
    plant(fault["file"], fault["old"], fault["new"])
    found = lines(check_scenario(scenario, None))
    assert any(fault["told"] in line for line in found), found


@pytest.mark.parametrize("fault", FAULTS["running"], ids=lambda f: f["told"][:60])
def test_what_running_shows(fault: Fault, scenario: Path, plant: Plant, executor: LocalExecutor) -> None:
    plant(fault["file"], fault["old"], fault["new"])
    found = lines(check_scenario(scenario, executor, seeds=(0,)))
    assert any(fault["told"] in line for line in found), found


def test_a_reference_slower_than_half_the_limit_is_named(
    scenario: Path, plant: Plant, executor: LocalExecutor
) -> None:
    plant(TOML, "call_seconds = 2.0", "call_seconds = 0.2")
    plant(REFERENCE, "import math", "import math\nimport time")
    plant(REFERENCE, "    smoothed = []", "    time.sleep(0.15 * (len(numbers) == 40))\n    smoothed = []")
    found = lines(check(scenario, executor))
    assert any(line.startswith("reference.py: timed_out test_random_values") for line in found), found


def test_a_mutant_that_some_seed_spares_is_named(
    scenario: Path, plant: Plant, executor: LocalExecutor
) -> None:
    plant(
        TESTS,
        "raises(ValueError, solution.moving_average, [1.0, 2.0], window)",
        "if rng.integers(2):\n            raises(ValueError, solution.moving_average, [1.0, 2.0], window)",
    )
    plant(TESTS, "for window in (0, -2):", "for window in (0,):")
    told = "mutants/no_check.py: escapes under some seeds; let one core or edge test always fail"
    pairs = ((seed, seed + 1) for seed in range(12))
    assert any(told in lines(check_scenario(scenario, executor, seeds=pair)) for pair in pairs)


def test_a_starter_that_solves_it_is_named(scenario: Path, executor: LocalExecutor) -> None:
    (scenario / "starter.py").write_text((scenario / REFERENCE).read_text())
    assert "starter.py: passes every core test already; take the solution out" in lines(
        check(scenario, executor)
    )


def test_inputs_that_never_vary_are_named(scenario: Path) -> None:
    file = scenario / TESTS
    head, *tests = file.read_text().split("\n\n\ndef test_")
    fixed = [t.replace("rng.", "np.random.default_rng(0).") for t in tests]
    file.write_text("\n\n\ndef test_".join([head, *fixed]))
    assert any(
        "draws inputs from rng in 0 of 8 hidden tests" in line for line in lines(check(scenario, None))
    )


def test_a_solution_copied_from_the_reference_is_named(scenario: Path) -> None:
    copied = "# my own\n" + (scenario / REFERENCE).read_text()
    (scenario / "solutions" / "deque.py").write_text(copied)
    assert "solutions/deque.py: is a copy of reference.py; solve it by other means" in lines(
        check(scenario, None)
    )


@pytest.mark.parametrize(
    "name",
    ["starter.py", "reference.py", "tests.py", "mutants/no_check.py", "solutions/deque.py", "brief.md"],
)
@pytest.mark.parametrize(("data", "told"), [(b"\xff\xfe", "is not UTF-8 text"), (b"x = 1\0", "is not text")])
def test_files_that_are_no_text_are_named(
    scenario: Path, executor: LocalExecutor, name: str, data: bytes, told: str
) -> None:
    (scenario / name).write_bytes(data)
    assert any(line.startswith(f"{name}: {told}") for line in lines(check(scenario, executor)))


def test_stray_files_are_named(scenario: Path) -> None:
    (scenario / "notes.txt").write_text("x")
    (scenario / "mutants" / "deep").mkdir()
    (scenario / "mutants" / "deep" / "a.py").write_text("x = 1\n")
    found = lines(check(scenario, None))
    assert "notes.txt: is no part of a scenario; remove it" in found
    assert "mutants/deep/a.py: is no part of a scenario; remove it" in found


def test_missing_parts_are_counted(scenario: Path) -> None:
    (scenario / "solutions" / "deque.py").unlink()
    file = scenario / TOML
    text = file.read_text()
    for id_ in ("no_check", "gap_spreads", "gap_is_zero", "edits_input", "empty_fails"):
        start = text.index(f'[[mutants]]\nid = "{id_}"')
        text = text[:start] + text[text.index("[[mutants]]", start + 1) :]
        (scenario / "mutants" / f"{id_}.py").unlink()
    file.write_text(text)
    found = lines(check(scenario, None))
    assert "scenario.toml: mutants are 7; have at least 8" in found
    assert "scenario.toml: solutions/*.py are 1; have at least 2" in found


def test_problems_of_all_kinds_come_together(scenario: Path, plant: Plant, executor: LocalExecutor) -> None:
    plant(TOML, 'level = "senior"', 'level = "mid"')
    plant(TOML, '"May I work in place?"', '"May I sort it?"')
    plant("solutions/deque.py", "maxlen=window", "maxlen=window + 1")
    plant("brief.md", "too jumpy", "too jumpy, see random_values")
    found = "\n".join(lines(check(scenario, executor)))
    for part in ("none for seniors", "May I sort it?", "solutions/deque.py", "hidden test random_values"):
        assert part in found


def test_a_scenario_that_does_not_load_is_a_report_too(
    scenario: Path, plant: Plant, executor: LocalExecutor
) -> None:
    plant(TOML, 'tier = "core"', 'teir = "core"')
    report = check(scenario, executor)
    assert not report.ok
    assert report.id == "planted"
    assert any("tests[0].teir is unknown; did you mean tier?" in line for line in lines(report))


def test_measured_kills_are_written_and_then_hold(scenario: Path, executor: LocalExecutor) -> None:
    file = scenario / TOML
    good = file.read_text()
    emptied = "\n".join(
        "killed_by = []" if line.startswith("killed_by") else line for line in good.splitlines()
    )
    stale = emptied.replace("killed_by = []", 'killed_by = ["renamed_test"]', 1)
    file.write_text(stale + "\n")
    report = check_scenario(scenario, executor, write_kills=True)
    assert lines(report) == []
    assert file.read_text() == good
    assert load_scenario(scenario).mutants[0].killed_by == report.mutants["sees_future"]
