from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.content import own_root


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A content folder with one good scenario, `sample`, a copy of the template."""
    shipped = own_root().scenarios
    folder = tmp_path / "pack" / "scenarios" / "sample"
    shutil.copytree(shipped / "_template", folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "scenario.toml"
    file.write_text(file.read_text().replace('id = "template"', 'id = "sample"', 1))
    return tmp_path / "pack"


@pytest.fixture
def sample(pack: Path) -> Path:
    return pack / "scenarios" / "sample"


@pytest.fixture
def plant() -> Callable[[Path, str, str], None]:
    """Replace a text that must occur in a file exactly as often as expected: at least once."""

    def replace(file: Path, old: str, new: str) -> None:
        text = file.read_text()
        assert old in text, f"{file.name} has no {old!r}"
        file.write_text(text.replace(old, new, 1))

    return replace
