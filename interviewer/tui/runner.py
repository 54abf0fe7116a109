"""Runs of the candidate's code, one at a time, shown in the results pane as they go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from functools import partial
from typing import Literal, TypeVar

from textual.worker import Worker

from interviewer.errors import CommandRefused, InterviewerError
from interviewer.ports import Occasion
from interviewer.service.interview import Interview
from interviewer.service.redact import public_run
from interviewer.tui.widgets.results import Results, tests_ahead

_T = TypeVar("_T")
What = Literal["tests", "submit", "program"]


class Runner:
    """Runs the visible tests, all tests, or the file as a program.

    `ready` is awaited before each run; `ran` is told what the interviewer may react to.
    """

    def __init__(
        self,
        results: Results,
        interview: Interview,
        *,
        ready: Callable[[], Awaitable[None]],
        ran: Callable[[Occasion], None],
    ) -> None:
        self._results = results
        self._interview = interview
        self._ready = ready
        self._ran = ran
        self._worker: Worker[None] | None = None

    def restore(self) -> None:
        """Show the last run, or what there is to run."""
        state, results = self._interview.state, self._results
        if not state.first.code_runs:
            results.say("▲ code cannot be run in this format: trace an example by hand", "$warning")
            return
        results.say(f"○ {tests_ahead(len(self._interview.scenario.visible()))} · F5 runs them")
        if state.last_tests is not None:
            results.finish(public_run(state.last_tests.run))

    def start(self, what: What) -> bool:
        """Begin a run; False while another one goes on."""
        if self._worker is not None and not self._worker.is_finished:
            return False
        self._worker = self._results.run_worker(partial(self._run, what), group="run")
        return True

    async def _run(self, what: What) -> None:
        results = self._results
        await self._ready()
        try:
            occasion = await (self._program() if what == "program" else self._tests(submit=what == "submit"))
        except CommandRefused as error:
            results.say(f"▲ {error}", "$warning")
            results.notify(str(error), severity="warning", markup=False)
        except InterviewerError as error:
            results.say(f"✗ {error}", "$error")
            results.notify(str(error), severity="error", markup=False)
        else:
            self._ran(occasion)

    async def _program(self) -> Occasion:
        self._results.begin_program()
        self._results.finish_program(await self._interview.run_program(_from_threads(self._results.write)))
        return Occasion.PROGRAM

    async def _tests(self, *, submit: bool) -> Occasion:
        self._results.begin("running all tests" if submit else "running the visible tests")
        call = self._interview.submit if submit else self._interview.run_tests
        self._results.finish(await call(_from_threads(self._results.add)))
        return Occasion.TESTS


def _from_threads(show: Callable[[_T], None]) -> Callable[[_T], None]:
    """`show`, callable from any thread; it acts on this loop and nobody waits for it."""
    loop, context = asyncio.get_running_loop(), copy_context()

    def pass_on(value: _T) -> None:
        loop.call_soon_threadsafe(show, value, context=context)

    return pass_on
