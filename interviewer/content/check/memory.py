"""Runs that were made before: an executor that does not repeat the same tests on the same source."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import threading
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from interviewer.content.check.cache import RUNNING, code_digest
from interviewer.content.check.spread import RunsTests
from interviewer.content.check.state import keeps_nothing
from interviewer.domain.scenario import Scenario, TestSpec
from interviewer.domain.session import sha
from interviewer.domain.test_run import TestResult, TestRun, Tier, Verdict, worst

# What another machine, or the same one on another day, may answer differently.
_FLEETING = frozenset({Verdict.HARNESS_ERROR, Verdict.TIMED_OUT})


class Remembering:
    """Answers a run from `file` when tests, source, seed, limits and checking code are those of then.

    When some tests are others now, only those are run, unless the source may remember one call until
    another: then a test could depend on those before it. Whatever is unreadable counts as absent; a file
    that cannot be written is no error. Time-outs and failures of the sandbox are not kept. `save` keeps
    the runs that were asked for since the beginning.
    """

    def __init__(self, executor: RunsTests, scenario: Scenario, file: Path) -> None:
        self._executor = executor
        self._file = file
        self._lock = threading.Lock()
        self._used: dict[str, Any] = {}
        self._base = f"{code_digest(RUNNING)} {_libraries()} {scenario.entry} {scenario.libraries}"
        self._tests = _digests(scenario)
        self._known = self._read()

    @property
    def knows_most(self) -> bool:
        """Whether most of the tests are those of runs that were kept."""
        kept = next(iter(self._known.values()), None)
        same = sum(1 for name, told in self._tests.items() if kept and kept["tests"].get(name) == told)
        return 2 * same > len(self._tests)

    def run_tests(
        self, scenario: Scenario, source: str, *, tests: Sequence[TestSpec], seed: int = 0
    ) -> TestRun:
        """See RunsTests."""
        limits = scenario.limits
        key = f"{sha(source)} {seed} {limits.call_seconds:g} {limits.total_seconds:g} {limits.memory_mb}"
        kept = self._known.get(key)
        old = _run(kept["run"]) if kept else None
        same = [t for t in tests if kept and old and self._same(kept, old, t)]
        if kept and old and len(same) == len(tests):
            run = _with(old, tests, old.results)
        elif kept and old and same and old.results and not old.message and keeps_nothing(source):
            others = [t for t in tests if t not in same]
            new = self._executor.run_tests(scenario, source, tests=others, seed=seed)
            run = _with(old, tests, (*old.results, *new.results), replaced=new)
        else:
            run = self._executor.run_tests(scenario, source, tests=tests, seed=seed)
        if {run.verdict, *(r.verdict for r in run.results)} & _FLEETING:
            return run
        with self._lock:
            self._used[key] = {"run": asdict(run), "tests": {t.name: self._tests[t.name] for t in tests}}
        return run

    def _same(self, kept: dict[str, Any], old: TestRun, test: TestSpec) -> bool:
        known = kept["tests"].get(test.name) == self._tests.get(test.name)
        return known and any(r.name == test.name for r in old.results)

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
            return {k: kept for k, kept in runs.items() if _run(kept["run"]) and kept["tests"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _with(
    run: TestRun, tests: Sequence[TestSpec], results: Sequence[TestResult], replaced: TestRun | None = None
) -> TestRun:
    """The run as if these tests had been run: the newest result of each, in their order."""
    found = {r.name: r for r in results}
    ordered = tuple(
        replace(found[t.name], tier=t.tier, hidden=t.hidden, fact=t.fact) for t in tests if t.name in found
    )
    if replaced and replaced.message:
        return replace(replaced, results=ordered)
    verdict = run.verdict if run.message else worst([r.verdict for r in ordered])
    return replace(run, results=ordered, verdict=verdict)


def _run(kept: dict[str, Any]) -> TestRun:
    results = tuple(
        TestResult(**{**row, "tier": Tier(row["tier"]), "verdict": Verdict(row["verdict"])})
        for row in kept["results"]
    )
    return TestRun(**{**kept, "results": results, "verdict": Verdict(kept["verdict"])})


def _digests(scenario: Scenario) -> dict[str, str]:
    """What changes with a test's own text and with what it uses of its file, by the test's name.

    Spaces and comments do not count. What the file does beside defining names counts for every test.
    """
    tree = ast.parse((Path(scenario.path) / "tests.py").read_text(encoding="utf-8"))
    defined: dict[str, ast.stmt] = {}
    beside: list[ast.stmt] = []
    for node in tree.body:
        names = _defines(node)
        defined |= dict.fromkeys(names, node)
        if not names:
            beside.append(node)
    always = "\n".join(map(ast.dump, beside))
    return {
        t.name: _sha("\n".join([always, *map(ast.dump, _used(f"test_{t.name}", defined))]))
        for t in scenario.tests
        if f"test_{t.name}" in defined
    }


def _defines(node: ast.stmt) -> list[str]:
    """The names a function, a class or a plain assignment of the module gives; none for anything else."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [t.id for t in targets if isinstance(t, ast.Name)] if len(targets) == 1 else []


def _used(name: str, defined: dict[str, ast.stmt]) -> list[ast.stmt]:
    """The statement that defines `name`, and those of all it names, and of what they name, sorted."""
    found: dict[str, ast.stmt] = {}
    waiting = [name]
    while waiting:
        now = waiting.pop()
        if now in found or now not in defined:
            continue
        found[now] = defined[now]
        waiting += [n.id for n in ast.walk(defined[now]) if isinstance(n, ast.Name)]
    return [found[key] for key in sorted(found)]


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _libraries() -> str:
    import platform
    from importlib.metadata import version

    return f"{platform.python_version()} {version('numpy')}"
