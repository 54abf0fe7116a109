from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.content import Catalogue, content_roots, own_root
from interviewer.errors import ContentError, UnknownName, UsageError

Plant = Callable[[Path, str, str], None]


def test_shipped_scenarios_are_listed_without_the_template() -> None:
    catalogue = Catalogue()
    assert {"kmeans_lloyd", "mse_rmse"} <= set(catalogue.ids())
    assert not any("template" in i for i in catalogue.ids())
    entry = catalogue.entry("kmeans_lloyd")
    assert (entry.title, entry.minutes, entry.pack) == ("K-means from scratch", 45, "")
    assert catalogue.get("kmeans_lloyd") is catalogue.get("kmeans_lloyd")


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean kmeans_lloyd"):
        Catalogue().get("kmeans_loyd")


def test_the_index_agrees_with_the_loaded_scenarios() -> None:
    catalogue = Catalogue(content_roots())
    for scenario_id in ("kmeans_lloyd", "mse_rmse"):
        entry, scenario = catalogue.entry(scenario_id), catalogue.get(scenario_id)
        for name in ("id", "title", "kind", "question_type", "patterns", "level", "minutes", "topics"):
            assert getattr(entry, name) == getattr(scenario, name)


def test_the_index_needs_neither_pydantic_nor_numpy() -> None:
    code = (
        "import sys; from interviewer.content import Catalogue; assert Catalogue().index();"
        "print([m for m in ('pydantic', 'numpy', 'jinja2', 'langchain', 'openai') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_pack_adds_scenarios(pack: Path) -> None:
    catalogue = Catalogue(content_roots([pack]))
    assert {"sample", "kmeans_lloyd"} <= set(catalogue.ids())
    assert catalogue.entry("sample").pack == str(pack)
    assert catalogue.get("sample").fact("c_time") is not None


def test_a_pack_may_be_nothing_but_scenario_folders(pack: Path) -> None:
    assert "sample" in Catalogue(content_roots([pack / "scenarios"])).ids()


def test_the_users_folder_may_be_absent_and_an_extra_one_may_not(tmp_path: Path, pack: Path) -> None:
    assert content_roots(user=tmp_path / "none") == (own_root(),)
    assert content_roots(user=pack)[1].pack == str(pack)
    with pytest.raises(UsageError, match="is not a folder"):
        content_roots([tmp_path / "none"])


def test_a_broken_scenario_is_reported_in_full_and_left_out(pack: Path, plant: Plant) -> None:
    broken = pack / "scenarios" / "broken"
    shutil.copytree(pack / "scenarios" / "sample", broken)
    plant(broken / "scenario.toml", 'id = "sample"', 'id = "broken"')
    plant(broken / "scenario.toml", 'tier = "core"', 'teir = "core"')
    plant(broken / "scenario.toml", 'id = "gaps"', 'id = "start"')
    catalogue = Catalogue(content_roots([pack]))
    found = [str(p) for p in catalogue.problems()]
    assert any("tests[0].teir is unknown" in line for line in found)
    assert any("tests[0].tier is missing" in line for line in found)
    assert "broken" not in catalogue.ids()
    assert catalogue.get("sample").id == "sample"
    with pytest.raises(ContentError):
        catalogue.get("broken")


def test_a_broken_head_is_reported_by_the_index_and_by_name(pack: Path, plant: Plant) -> None:
    plant(pack / "scenarios" / "sample" / "scenario.toml", 'kind = "coding"', 'kind = "codng"')
    catalogue = Catalogue(content_roots([pack]))
    assert "sample" not in catalogue.ids()
    assert any("kind cannot be 'codng'; did you mean coding?" in str(p) for p in catalogue.problems())
    with pytest.raises(ContentError, match="did you mean coding"):
        catalogue.get("sample")


def test_a_pack_cannot_take_a_shipped_id(pack: Path, plant: Plant) -> None:
    (pack / "scenarios" / "sample").rename(pack / "scenarios" / "mse_rmse")
    plant(pack / "scenarios" / "mse_rmse" / "scenario.toml", 'id = "sample"', 'id = "mse_rmse"')
    catalogue = Catalogue(content_roots([pack]))
    assert catalogue.entry("mse_rmse").pack == ""
    assert any("'mse_rmse' is taken by" in str(p) for p in catalogue.problems())
