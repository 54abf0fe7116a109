"""`interviewer run`: a scenario's tests on a file, from any editor."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.cli.compose import make_executor, open_home
from interviewer.cli.console import print_json, safe
from interviewer.cli.guard import FAILED, FAULT
from interviewer.cli.wording import result_line, run_line
from interviewer.domain.phases import Kind
from interviewer.domain.test_run import TestRun, Verdict
from interviewer.errors import UsageError
from interviewer.service.code_file import CodeFile, read_code
from interviewer.service.redact import public_run

if TYPE_CHECKING:
    from interviewer.domain.scenario import Scenario
    from interviewer.ports import Executor


def run_tests(
    scenario_id: str,
    file: Path,
    extra: Sequence[Path],
    *,
    hidden: bool,
    reveal: bool,
    seed: int,
    watch: bool,
    json: bool,
) -> int:
    """0 when all tests pass, 1 when some do not, 3 when the sandbox failed."""
    if watch and json:
        raise UsageError(
            "--watch prints run after run, --json prints one document", remedy="drop one of them"
        )
    scenario = open_home(extra).library.get(scenario_id)
    if scenario.kind is not Kind.CODING:
        raise UsageError(f"{scenario_id} has no tests: it is a {scenario.kind.value} interview")
    # Followed from before the first run, so that a change during it is not missed.
    code = CodeFile(file, scenario.starter) if watch else None
    source = code.text if code is not None else read_code(file)
    executor = make_executor()
    try:
        run = _run(executor, scenario, source, hidden=hidden, seed=seed)
        _print(run, reveal=reveal, json=json)
        if code is not None:
            _follow(executor, scenario, code, hidden=hidden, reveal=reveal, seed=seed)
        return _code(run)
    finally:
        executor.close()


def _run(executor: Executor, scenario: Scenario, source: str, *, hidden: bool, seed: int) -> TestRun:
    tests = scenario.tests if hidden else scenario.visible()
    return executor.run_tests(scenario, source, tests=tests, seed=seed, recognise=hidden)


def _code(run: TestRun) -> int:
    if run.green:
        return 0
    return FAULT if run.verdict is Verdict.HARNESS_ERROR else FAILED


def _follow(
    executor: Executor, scenario: Scenario, code: CodeFile, *, hidden: bool, reveal: bool, seed: int
) -> None:
    """Run again after each change, until interrupted."""
    print(f"watching {code.path}; Ctrl+C stops", flush=True)
    try:
        while True:
            time.sleep(0.2)
            try:
                changed = code.changed()
            except UsageError as error:
                print(f"note: {error}")
                continue
            if changed:
                print()
                run = _run(executor, scenario, code.text, hidden=hidden, seed=seed)
                _print(run, reveal=reveal, json=False)
    except KeyboardInterrupt:
        print()


def _print(run: TestRun, *, reveal: bool, json: bool) -> None:
    shown = run if reveal else public_run(run)
    if json:
        print_json(document(run, shown))
        return
    for result in shown.results:
        for line in result_line(result):
            print(safe(line))
    if run.stdout:
        print("\n".join(f"printed: {line}" for line in safe(run.stdout).splitlines()))
    print(safe(run_line(run)))
    if reveal and run.recognition is not None:
        print(f"looks like: {safe(run.recognition.misconception)}")
    off = [layer for layer, state in run.sandbox.items() if state != "on"]
    if off:
        print(f"sandbox: without {', '.join(off)}; see interviewer doctor")


def document(run: TestRun, shown: TestRun) -> dict[str, Any]:
    """The JSON contract. A recognised misconception is for tools: people see it only with `--reveal`."""
    recognised = run.recognition
    return {
        "scenario": run.scenario,
        "seed": run.seed,
        "verdict": run.verdict.value,
        "passed": run.passed,
        "total": run.total,
        "message": run.message,
        "line": run.line,
        "tests": [
            {
                "name": result.name,
                "tier": result.tier.value,
                "hidden": result.hidden,
                "verdict": result.verdict.value,
                "message": result.message,
                "line": result.line,
                "ms": round(result.ms, 3),
            }
            for result in shown.results
        ],
        "misconception": recognised.misconception if recognised is not None else None,
        "recognised": (
            {"mutant": recognised.mutant, "confidence": recognised.confidence}
            if recognised is not None
            else None
        ),
        "sandbox": dict(run.sandbox),
        "ms": round(run.ms, 3),
    }
