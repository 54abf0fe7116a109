from __future__ import annotations

import runpy
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from interviewer.content import own_root


@pytest.fixture(scope="session")
def reference() -> Callable[[str], dict[str, Any]]:
    """The names a scenario's reference defines; it is our own code, so it runs in this process."""

    @cache
    def load(scenario: str) -> dict[str, Any]:
        return runpy.run_path(str(own_root().scenarios / scenario / "reference.py"))

    return load
