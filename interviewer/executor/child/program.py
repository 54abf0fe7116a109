"""Running the candidate's file as a program (`__name__ == "__main__"`), its own checks watched."""

from __future__ import annotations

import hashlib
import json
import sys
import types
from typing import Any

from . import harness as inside
from . import wire
from .instrument import MONITOR, Instrumenter, Spot
from .outside import Outside


def run(harness: inside.Harness, message: dict[str, Any]) -> dict[str, Any]:
    """Run the program; `ended` says what stopped it before its end, if anything did."""
    stubs = message["stubs"]
    inside.seed(None)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(line_buffering=True)
    try:
        program = Instrumenter(message["source"], message["entry"], stubs=stubs is not None)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"ended": inside.describe(error)}
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = harness.module = module
    monitor = Monitor(harness, program.spots, module, stubs)
    vars(module)[MONITOR] = monitor
    inside.remember_lines(message["source"])
    ended = None
    try:
        exec(inside.compile_source(program.tree), module.__dict__)
        monitor.run_tests(program)
    except SystemExit as error:
        if error.code not in (None, 0):
            ended = inside.describe(error)
    except BaseException as error:
        ended = inside.describe(error)
    return {"ended": ended}


class Monitor:
    """What the instrumented program talks to: notes calls, keeps a failing check from ending it all."""

    def __init__(
        self,
        harness: inside.Harness,
        spots: list[Spot],
        module: types.ModuleType,
        stubs: dict[str, int] | None,
    ) -> None:
        self._harness = harness
        self._spots = spots
        self._module = module
        self._stubs = stubs
        self._calls: dict[int, list[str]] = {}
        self._told: dict[tuple[str, int], str] = {}
        self._now = -1
        self._depth = 0

    # --- called by the instrumented program ---

    def at(self, number: int) -> _At:
        """Around a plain statement."""
        return _At(self, self._spots[number], check=False)

    def check(self, number: int) -> _At:
        """Around a check."""
        return _At(self, self._spots[number], check=True)

    def stub(self, name: str) -> Any:
        """The entry point of another process."""
        assert self._stubs is not None
        return Outside(self._harness, self._stubs[name])

    def seen(self, name: str, function: Any) -> Any:
        """A function that notes what it is called with, for the statement being run."""

        def call(*args: Any, **kwargs: Any) -> Any:
            if self._depth == 0:
                self._calls.setdefault(self._now, []).append(self._print_of(name, args, kwargs))
            self._depth += 1
            try:
                return function(*args, **kwargs)
            finally:
                self._depth -= 1

        return call

    # --- keeping book ---

    def enter(self, spot: Spot) -> int:
        """Make `spot` the statement being run; gives the one before."""
        before, self._now = self._now, spot.number
        self._calls[spot.number] = []
        return before

    def leave(self, spot: Spot, before: int, error: BaseException | None, *, check: bool) -> bool:
        """Note how a statement ended; True when the program goes on in spite of `error`."""
        self._now = before
        if error is not None and not isinstance(error, Exception):
            return False
        if check:
            self._tell(spot, error)
            return True
        if error is None:
            if spot.kind == "print":
                self._tell(spot, None)
            return False
        if self._stubs is None:
            return False
        # While grading, one failing statement must not hide the checks that do not rest on it.
        for name in spot.targets:
            vars(self._module).pop(name, None)
        return True

    def run_tests(self, program: Instrumenter) -> None:
        """Run the test functions that the program did not call itself."""
        names = vars(self._module)
        for name in program.tests:
            self._test(name, program.lines[name], names.get(name))
        for owner, name in program.classes:
            kind = names.get(owner)
            if isinstance(kind, type):
                self._test(f"{owner}.{name}", program.lines[owner], lambda k=kind, n=name: getattr(k(), n)())

    def _test(self, name: str, line: int, function: Any) -> None:
        spot = Spot(len(self._spots), "test", name, line, name, (len(self._spots),))
        self._spots.append(spot)
        with _At(self, spot, check=True):
            function()

    def _print_of(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        digest = hashlib.sha1(name.encode(), usedforsecurity=False)
        try:
            encoder = wire.Encoder(lambda value: {"t": "ref", "cls": type(value).__name__})
            doc = encoder.doc([list(args), sorted(kwargs.items())])
            digest.update(json.dumps(doc).encode())
            for raw in encoder.buffers:
                digest.update(raw)
        except Exception:
            digest.update(b"?")
        return digest.hexdigest()[:12]

    def _tell(self, spot: Spot, error: BaseException | None) -> None:
        calls = [p for number in spot.after for p in self._calls.get(number, [])]
        verdict = "passed" if error is None else "failed" if isinstance(error, AssertionError) else "error"
        key = (spot.name, spot.line)
        if self._told.get(key, "passed") != "passed" or self._told.get(key) == verdict:
            return
        self._told[key] = verdict
        inputs = ""
        if calls:
            inputs = calls[0] if len(calls) == 1 else hashlib.sha1("".join(calls).encode()).hexdigest()[:12]
        place = {} if error is None else inside.describe(error)
        message = place.get("message") or ""
        if place and place["type"] != "AssertionError":
            message = f"{place['type']}: {message}"
        self._harness.tell(
            {
                "op": "event",
                "kind": spot.kind,
                "name": spot.name,
                "line": spot.line,
                "text": spot.text,
                "verdict": verdict,
                "message": message,
                "calls": bool(calls),
                "inputs": inputs,
            }
        )


class _At:
    """The context around one statement."""

    def __init__(self, monitor: Monitor, spot: Spot, *, check: bool) -> None:
        self._monitor = monitor
        self._spot = spot
        self._check = check
        self._before = -1

    def __enter__(self) -> None:
        self._before = self._monitor.enter(self._spot)

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        return self._monitor.leave(self._spot, self._before, error, check=self._check)
