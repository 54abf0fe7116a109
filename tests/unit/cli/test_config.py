from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.config import Settings, load_settings, places
from interviewer.domain.rubric import Seniority
from interviewer.errors import ConfigError


def settings(folder: Path, text: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    found = places({"INTERVIEWER_HOME": str(tmp_path)})
    assert found.data == found.config == tmp_path
    assert found.settings.parent == found.content.parent == found.logs.parent == tmp_path


def test_without_it_the_platform_decides() -> None:
    found = places({})
    assert "interviewer" in str(found.data)
    assert found.settings.name == "config.toml"


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == Settings()


def test_everything_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert settings(
        tmp_path,
        """
        [session]
        format = "Google"
        level = "senior"
        minutes = 30
        model = "local"
        [content]
        folders = ["mine"]
        [tui]
        theme = "nord"
        [tui.keys]
        run_tests = "f9"
        [models.local]
        base_url = "http://localhost:1234/v1"
        """,
    ) == Settings(
        format="google",
        level=Seniority.SENIOR,
        minutes=30.0,
        model="local",
        content=(tmp_path / "mine",),
        theme="nord",
        keys={"run_tests": "f9"},
        models={"local": {"base_url": "http://localhost:1234/v1"}},
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[sesion]\n", "sesion is unknown; did you mean session?"),
        ("[session]\nformt = 'meta'", "session.formt is unknown; did you mean session.format?"),
        ("[session]\nformat = 'gogle'", "session.format cannot be 'gogle'; did you mean google?"),
        ("[session]\nlevel = 'x'", "session.level cannot be 'x'; one of: junior, mid, senior"),
        ("[session]\nminutes = 'x'", "session.minutes must be a number from 1 to 600"),
        ("[session]\nminutes = true", "session.minutes must be a number"),
        ("[session]\nminutes = -1", "session.minutes must be a number"),
        ("[session]\nmodel = 3", "session.model must be a text"),
        ("session = 3", "session must be a table"),
        ("[content]\nfolders = ['nowhere']", "content.folders names what is no folder"),
        ("[content]\nfolders = 'x'", "content.folders must be a list"),
        ("[tui]\nkeys = 'x'", "tui.keys must be keys"),
        ("models = 3", "models must hold one table"),
        ("[models]\nlocal = 'x'", "models must hold one table"),
        ("[session\n", "is not TOML (.*line 1"),
    ],
)
def test_a_problem_is_told_with_file_and_key(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, text)
    line = str(caught.value)
    assert line.startswith(f"{tmp_path / 'config.toml'}: ")
    assert reason.split("(")[0] in line


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, "[session]\nformt = 1\nlevel = 'boss'\nminutes = -2\n[colours]\n")
    assert len(str(caught.value).splitlines()) == 4


def test_what_is_no_text_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_settings(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(path)
