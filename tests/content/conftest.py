from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interviewer.content import new_scenario
from interviewer.executor import LocalExecutor

Plant = Callable[[str, str, str], None]


@pytest.fixture(scope="session")
def executor() -> Iterator[LocalExecutor]:
    with LocalExecutor(workers=2) as made:
        yield made


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario as `interviewer new scenario` leaves it; copied, never changed."""
    return new_scenario("planted", tmp_path_factory.mktemp("fresh") / "scenarios")


@pytest.fixture
def scenario(fresh: Path, tmp_path: Path) -> Path:
    """A scenario folder to plant faults in."""
    folder = tmp_path / "scenarios" / fresh.name
    shutil.copytree(fresh, folder)
    return folder


@pytest.fixture
def plant(scenario: Path) -> Plant:
    """Replace the first occurrence of a text in a file of the scenario; it must be there."""

    def replace(name: str, old: str, new: str) -> None:
        file = scenario / name
        text = file.read_text()
        assert old in text, f"{name} has no {old!r}"
        file.write_text(text.replace(old, new, 1))

    return replace
