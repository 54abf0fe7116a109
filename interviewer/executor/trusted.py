"""Running a scenario's `tests.py` on the trusted side, one test at a time."""

from __future__ import annotations

import threading
import time
import traceback
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer.domain.scenario import TestSpec
from interviewer.domain.test_run import TestResult, Verdict
from interviewer.errors import HarnessFailure
from interviewer.executor import texts
from interviewer.executor.child.wire import WireError
from interviewer.executor.remote import Solution, gave_nothing
from interviewer.executor.stops import CandidateError, Stopped, Untravelled
from interviewer.expect import ExpectationFailed

TestFunction = Callable[[Solution, Any], None]

_lock = threading.Lock()
_loaded: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {}


def load_tests(folder: str) -> dict[str, Any]:
    """The names `tests.py` in `folder` defines, kept until the file changes. Raises HarnessFailure."""
    path = Path(folder) / "tests.py"
    try:
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        with _lock:
            known = _loaded.get(str(path))
            if known and known[0] == stamp:
                return known[1]
        names: dict[str, Any] = {"__name__": "tests", "__file__": str(path)}
        exec(compile(path.read_text("utf-8"), str(path), "exec", dont_inherit=True), names)
    except OSError as error:
        raise HarnessFailure(f"cannot read it: {error.strerror}", where=str(path)) from error
    except Exception as error:
        raise HarnessFailure(f"{type(error).__name__}: {error}", where=str(path)) from error
    with _lock:
        _loaded[str(path)] = (stamp, names)
    return names


def generator(seed: int, name: str) -> Any:
    """The test's own random generator: the same whichever other tests run."""
    import numpy as np

    return np.random.default_rng([seed & 0xFFFFFFFF, zlib.crc32(name.encode())])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test showed, before output and time are added."""

    verdict: Verdict
    message: str = ""
    got: str = ""
    expected: str = ""
    shape: str = ""
    where: str = ""
    line: int | None = None
    column: int | None = None


def run_one(function: TestFunction, solution: Solution, rng: Any) -> Outcome:
    """Run one test. Raises HarnessFailure only."""
    try:
        function(solution, rng)
    except ExpectationFailed as failed:
        return Outcome(
            Verdict.FAILED,
            texts.clean(failed.message),
            got=texts.clean(failed.got, 300),
            expected=texts.clean(failed.expected, 300),
            shape=texts.clean(failed.shape, 300),
            where=texts.clean(failed.where, 300),
        )
    except CandidateError as error:
        return Outcome(Verdict.ERROR, explain(error), line=error.line, column=error.column)
    except AssertionError as error:
        return Outcome(Verdict.FAILED, texts.clean(str(error)) or _asserted(error))
    except Untravelled as error:
        return Outcome(Verdict.FAILED, f"the returned value cannot be looked at: {error}")
    except Stopped as stop:
        return Outcome(stop.verdict, texts.clean(stop.message), line=stop.line, column=stop.column)
    except HarnessFailure:
        raise
    except WireError as error:
        return Outcome(Verdict.HARNESS_ERROR, f"the test sends a value that cannot travel: {error}")
    except Exception as error:
        if isinstance(error, TypeError) and gave_nothing(solution):
            return Outcome(Verdict.FAILED, "nothing was returned", got="None")
        text = texts.clean(f"{type(error).__name__}: {error}", 500)
        return Outcome(Verdict.FAILED, f"the returned value is not of the expected form ({text})")
    return Outcome(Verdict.PASSED)


_TOLD = {
    "SystemExit": "the code called exit",
    "EOFError": "the code waits for input; there is nobody to type it",
}


def explain(error: CandidateError) -> str:
    """What the candidate is told about an exception of their code."""
    told = next((_TOLD[n] for n in error.names if n in _TOLD), None)
    if told:
        return told
    text = str(error)
    if error.message.startswith("module 'solution' has no attribute"):
        name = error.message.rsplit(" ", 1)[-1].strip("'")
        return f"{name} is not defined"
    return text


def _asserted(error: AssertionError) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    source = frames[-1].line if frames else ""
    return f"does not hold: {source}" if source else "a check of the test does not hold"


def result(spec: TestSpec, outcome: Outcome, *, stdout: str = "", started: float | None = None) -> TestResult:
    """The result of test `spec`; `started` as given by time.perf_counter."""
    return TestResult(
        name=spec.name,
        tier=spec.tier,
        hidden=spec.hidden,
        fact=spec.fact,
        verdict=outcome.verdict,
        message=outcome.message,
        got=outcome.got,
        expected=outcome.expected,
        shape=outcome.shape,
        where=outcome.where,
        line=outcome.line,
        column=outcome.column,
        stdout=stdout,
        ms=0.0 if started is None else (time.perf_counter() - started) * 1000,
    )
