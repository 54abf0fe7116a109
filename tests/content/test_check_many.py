"""Checking many scenarios: order, progress, the cache, packs and the JSON contract."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, cast

import pytest

from interviewer.content import Catalogue, content_roots, new_scenario, own_root
from interviewer.content.check import CheckCache, ScenarioReport, check_all, kill_matrix
from interviewer.content.schema import FILE, REPAIR, scenario_schema, schema_text
from interviewer.domain.test_run import TestRun
from interviewer.errors import UsageError
from interviewer.executor import LocalExecutor
from interviewer.ports import Executor


@pytest.fixture
def two(fresh: Path, tmp_path: Path) -> list[Path]:
    """Two scenarios of one pack; the second has a mutant less in its file than on disk."""
    scenarios = tmp_path / "pack" / "scenarios"
    good = new_scenario("good", scenarios)
    bad = new_scenario("bad", scenarios)
    (bad / "mutants" / "extra.py").write_text("x = 1\n")
    return [good, bad]


def test_reports_come_in_order_with_progress_and_as_json(two: list[Path]) -> None:
    told: list[tuple[str, int, int]] = []

    def on_done(report: ScenarioReport, done: int, total: int) -> None:
        told.append((report.id, done, total))

    report = check_all(two, LocalExecutor, workers=2, on_done=on_done)
    assert [s.id for s in report.scenarios] == ["good", "bad"]
    assert sorted(t[0] for t in told) == ["bad", "good"]
    assert [t[1:] for t in told] == [(1, 2), (2, 2)]
    document = json.loads(json.dumps(report.to_json()))
    assert document["ok"] is False
    assert document["scenarios"]["good"]["ok"] is True
    assert document["scenarios"]["good"]["mutants"]["no_check"] == ["illegal_window"]
    (problem,) = document["scenarios"]["bad"]["problems"]
    assert problem == {
        "file": "scenarios/bad/mutants/extra.py",
        "key": "",
        "message": "is not listed under [[mutants]]",
        "remedy": "add it to scenarios/bad/scenario.toml",
    }


def test_unchanged_scenarios_are_not_run_again(two: list[Path], tmp_path: Path) -> None:
    cache = CheckCache(tmp_path / "cache")
    first = check_all(two, LocalExecutor, cache=cache)

    def must_not_run() -> LocalExecutor:
        raise AssertionError("an unchanged scenario was run again")

    again = check_all(two, must_not_run, cache=cache)
    assert [s.cached for s in again.scenarios] == [True, True]
    assert again.to_json() == first.to_json()

    file = two[0] / "guide.md"
    file.write_text(file.read_text() + "\nOne more line.\n")
    third = check_all(two, LocalExecutor, cache=cache)
    assert [s.cached for s in third.scenarios] == [False, True]


class Counting:
    """An executor that counts its runs."""

    def __init__(self) -> None:
        self.runs = 0
        self._executor = LocalExecutor()

    def run_tests(self, *given: Any, **named: Any) -> TestRun:
        self.runs += 1
        return self._executor.run_tests(*given, **named)

    def close(self) -> None:
        self._executor.close()


def test_a_change_repeats_only_the_runs_it_concerns(two: list[Path], tmp_path: Path) -> None:
    cache, folder = CheckCache(tmp_path / "cache"), two[0]
    made: list[Counting] = []

    def counting() -> Executor:
        made.append(Counting())
        return cast(Executor, made[-1])

    def check() -> tuple[int, dict[str, Any]]:
        report = check_all([folder], counting, cache=cache, workers=1)
        assert not any(s.cached for s in report.scenarios)
        return made[-1].runs, report.to_json()

    def append(file: str, text: str) -> None:
        with (folder / file).open("a") as end:
            end.write(text)

    every, first = check()
    assert every > 20 and first["ok"] is True
    append("guide.md", "\nOne more line.\n")
    assert check() == (0, first)
    mutant = sorted((folder / "mutants").glob("*.py"))[0]
    append(f"mutants/{mutant.name}", "\n# as before\n")
    assert check() == (2, first)
    mutant.write_text("nothing = None\n")
    runs, broken = check()
    assert runs == 2
    assert any(mutant.name in p["file"] for p in broken["scenarios"]["good"]["problems"])
    append("tests.py", "\nimport math\n")
    assert check()[0] == every


def test_what_was_kept_of_runs_is_taken_only_when_it_can_be_read(two: list[Path], tmp_path: Path) -> None:
    cache = CheckCache(tmp_path / "cache")
    first = check_all(two[:1], LocalExecutor, cache=cache)
    kept = cache.runs(two[0])
    document = json.loads(kept.read_text())
    assert document["runs"]
    strange, other = {**document, "runs": {"a": 1}}, {**document, "base": "x"}
    for number, text in enumerate(("{", "[]", json.dumps(strange), json.dumps(other))):
        kept.write_text(text)
        (two[0] / "guide.md").write_text(f"Guide number {number}.\n")
        again = check_all(two[:1], LocalExecutor, cache=cache)
        assert not again.scenarios[0].cached
        assert dict(again.scenarios[0].mutants) == dict(first.scenarios[0].mutants)


def test_reading_alone_runs_and_remembers_nothing(two: list[Path], tmp_path: Path) -> None:
    cache = CheckCache(tmp_path / "cache")
    for _ in range(2):
        report = check_all(two, None, cache=cache)
        assert [s.ok for s in report.scenarios] == [True, False]
        assert [dict(s.mutants) for s in report.scenarios] == [{}, {}]
        assert not any(s.cached for s in report.scenarios)


def test_a_broken_cache_counts_as_none(two: list[Path], tmp_path: Path) -> None:
    cache = CheckCache(tmp_path / "cache")
    check_all(two[1:], LocalExecutor, cache=cache)
    for file in (tmp_path / "cache").iterdir():
        file.write_text("{")
    assert [s.cached for s in check_all(two[1:], LocalExecutor, cache=cache).scenarios] == [False]
    assert CheckCache(two[0] / "brief.md").get(two[0], "x") is None
    nowhere = CheckCache(two[0] / "brief.md")
    assert check_all(two[1:], LocalExecutor, cache=nowhere).scenarios[0].cached is False


def test_rubrics_and_prompts_of_a_pack_are_checked_too(two: list[Path]) -> None:
    pack = two[0].parent.parent
    (pack / "rubrics").mkdir()
    (pack / "rubrics" / "mine.toml").write_text('id = "mine"\nvrsion = 1\n')
    report = check_all([], LocalExecutor, roots=content_roots([pack])[1:])
    assert not report.ok
    assert any("vrsion is unknown; did you mean version?" in str(p) for p in report.problems)


def test_the_kill_matrix_shouts_survivors() -> None:
    report = ScenarioReport(id="x", mutants={"a": ("t1", "t2"), "b": ()})
    assert kill_matrix(report) == ["    1 t1", "    2 t2", "    1  2", "a   x  x", "b   .  .  SURVIVED"]


def test_a_new_scenario_carries_its_name_and_is_listed_from_a_pack(tmp_path: Path) -> None:
    folder = new_scenario("my_own_task", tmp_path / "scenarios")
    catalogue = Catalogue(content_roots([tmp_path]))
    entry = catalogue.entry("my_own_task")
    assert (entry.title, entry.path) == ("My own task", folder)
    assert catalogue.problems() == ()
    shipped = {p.relative_to(folder).as_posix() for p in folder.rglob("*.py")}
    template = own_root().scenarios / "_template"
    assert shipped == {p.relative_to(template).as_posix() for p in template.rglob("*.py")}


@pytest.mark.parametrize("name", ["My", "9x", "a-b", "", "../up", "_x"])
def test_a_name_that_cannot_be_one_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot name a scenario"):
        new_scenario(name, tmp_path)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    new_scenario("twice", tmp_path)
    with pytest.raises(UsageError, match="exists already"):
        new_scenario("twice", tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be written"):
        new_scenario("third", tmp_path / "file")


def test_the_schema_is_in_step_with_the_code() -> None:
    kept = (own_root().scenarios / FILE).read_text(encoding="utf-8")
    assert kept == schema_text(), f"scenarios/{FILE} is out of step; run: {REPAIR}"


def test_the_schema_knows_every_key_of_the_shipped_files() -> None:
    import tomllib

    schema = scenario_schema()
    for name in ("kmeans_lloyd", "mse_rmse", "_template"):
        data = tomllib.loads((own_root().scenarios / name / "scenario.toml").read_text())
        assert set(data) <= set(schema["properties"])
        required = {*schema["required"], *schema["then"]["required"]}
        assert required <= set(data)
        for part, key in (
            ("Fact", "facts"),
            ("TestSpec", "tests"),
            ("Mutant", "mutants"),
            ("Decision", "decisions"),
        ):
            for item in data[key]:
                assert set(item) <= set(schema["$defs"][part]["properties"])
                assert set(schema["$defs"][part]["required"]) <= set(item)


def test_the_templates_folder_is_no_scenario(tmp_path: Path) -> None:
    shutil.copytree(own_root().scenarios / "_template", tmp_path / "scenarios" / "_template")
    assert Catalogue(content_roots([tmp_path])[1:]).ids() == ()
