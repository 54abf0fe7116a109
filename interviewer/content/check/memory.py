"""Runs that were made before: an executor that does not repeat the same tests on the same source."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from interviewer.content.check.cache import RUNNING, code_digest
from interviewer.content.check.spread import RunsTests
from interviewer.domain.scenario import Scenario, TestSpec
from interviewer.domain.session import sha
from interviewer.domain.test_run import TestResult, TestRun, Tier, Verdict

# What another machine, or the same one on another day, may answer differently.
_FLEETING = frozenset({Verdict.HARNESS_ERROR, Verdict.TIMED_OUT})


class Remembering:
    """Answers a run from `file` when tests, source, seed, limits and checking code are those of then.

    Whatever is unreadable counts as absent; a file that cannot be written is no error. Time-outs and
    failures of the sandbox are not kept. `save` keeps the runs that were asked for since the beginning.
    """

    def __init__(self, executor: RunsTests, scenario: Scenario, file: Path) -> None:
        self._executor = executor
        self._file = file
        self._lock = threading.Lock()
        self._used: dict[str, Any] = {}
        self._base = f"{code_digest(RUNNING)} {_libraries()} {_fingerprint(scenario)}"
        self._known = self._read()

    @property
    def knows_some(self) -> bool:
        """Whether any run was kept that the tests of now would make."""
        return bool(self._known)

    def run_tests(
        self, scenario: Scenario, source: str, *, tests: Sequence[TestSpec], seed: int = 0
    ) -> TestRun:
        """See RunsTests."""
        limits = scenario.limits
        key = f"{sha(source)} {seed} {limits.call_seconds:g} {limits.total_seconds:g} {limits.memory_mb}"
        kept = self._known.get(key)
        if kept is not None:
            run = _run(kept)
        else:
            run = self._executor.run_tests(scenario, source, tests=tests, seed=seed)
            if {run.verdict, *(r.verdict for r in run.results)} & _FLEETING:
                return run
            kept = asdict(run)
        with self._lock:
            self._used[key] = kept
        return run

    def save(self) -> None:
        """Write down the runs of this check."""
        draft = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps({"base": self._base, "runs": self._used}), encoding="utf-8")
            draft.replace(self._file)
        except OSError:
            return

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
            runs = data["runs"] if data["base"] == self._base else {}
            return {key: kept for key, kept in runs.items() if _run(kept)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _run(kept: dict[str, Any]) -> TestRun:
    results = tuple(
        TestResult(**{**row, "tier": Tier(row["tier"]), "verdict": Verdict(row["verdict"])})
        for row in kept["results"]
    )
    return TestRun(**{**kept, "results": results, "verdict": Verdict(kept["verdict"])})


def _fingerprint(scenario: Scenario) -> str:
    """Changes with everything but source, seed and limits that decides how a run ends."""
    told = repr((scenario.entry, scenario.libraries, scenario.tests))
    return hashlib.sha256(told.encode() + (Path(scenario.path) / "tests.py").read_bytes()).hexdigest()[:16]


def _libraries() -> str:
    import platform
    from importlib.metadata import version

    return f"{platform.python_version()} {version('numpy')}"
