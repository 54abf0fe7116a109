"""Runs of the candidate's code: on the last snapshot, in worker threads, recorded when they are done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from interviewer.domain import commands as cmd
from interviewer.domain.scenario import Scenario
from interviewer.domain.session import SessionState
from interviewer.domain.test_run import ProgramRun, RunPurpose, TestResult, TestRun
from interviewer.ports import Executor, OnOutput, OnResult
from interviewer.service.desk import Apply
from interviewer.service.redact import public_result, public_run


class Runs:
    """The runs of one session. `apply` appends a command's events; `state` reads the session."""

    def __init__(
        self, scenario: Scenario, executor: Executor, *, apply: Apply, state: Callable[[], SessionState]
    ) -> None:
        self._scenario = scenario
        self._executor = executor
        self._apply = apply
        self._state = state
        self._probe: asyncio.Task[None] | None = None

    async def program(self, on_output: OnOutput | None) -> ProgramRun:
        """Run the file as a program."""
        source = self._state().code
        run = await asyncio.to_thread(self._executor.run_program, self._scenario, source, on_output=on_output)
        self._apply(cmd.RecordProgram(run))
        return run

    async def tests(self, purpose: RunPurpose, on_result: OnResult | None) -> TestRun:
        """Run the visible tests, or all of them; returned and shown without what is hidden.

        Where hidden tests may tell more, everything runs once more behind it, silently.
        """
        state = self._state()
        source, seed = state.code, state.first.seed
        tests = self._scenario.visible() if purpose is RunPurpose.VISIBLE else self._scenario.tests
        run = await asyncio.to_thread(
            self._executor.run_tests,
            self._scenario,
            source,
            tests=tests,
            seed=seed,
            recognise=purpose is RunPurpose.SUBMIT,
            on_result=_public(on_result),
        )
        if self._state().ended is not None:
            # Time ran out while the tests ran: the final run will tell, this one came too late.
            return public_run(run)
        self._apply(cmd.RecordTests(purpose, run))
        if purpose is RunPurpose.SUBMIT:
            self._apply(cmd.RecordTests(RunPurpose.PROBE, run))
        elif not run.green or len(tests) < len(self._scenario.tests):
            self._probe = asyncio.create_task(self._recognise(source, seed))
        return public_run(run)

    async def final(self) -> None:
        """Run all tests on the code as it stands and grade the candidate's own checks."""
        state = self._state()
        run = await asyncio.to_thread(self._everything, state.code, state.first.seed)
        grade = await asyncio.to_thread(self._executor.grade_own_tests, self._scenario, state.code)
        self._apply(cmd.RecordGrade(grade))
        self._apply(cmd.RecordTests(RunPurpose.FINAL, run))

    async def probed(self) -> None:
        """Wait for the silent run."""
        if self._probe is not None:
            await self._probe
            self._probe = None

    def close(self) -> None:
        """Forget the silent run."""
        if self._probe is not None:
            self._probe.cancel()

    async def _recognise(self, source: str, seed: int) -> None:
        """Run everything silently, so that the interviewer can ask about the candidate's own bug."""
        run = await asyncio.to_thread(self._everything, source, seed)
        state = self._state()
        if state.ended is None and state.paused_at is None:
            self._apply(cmd.RecordTests(RunPurpose.PROBE, run))

    def _everything(self, source: str, seed: int) -> TestRun:
        return self._executor.run_tests(
            self._scenario, source, tests=self._scenario.tests, seed=seed, recognise=True
        )


def _public(on_result: OnResult | None) -> OnResult | None:
    if on_result is None:
        return None
    counts: dict[str, int] = {}

    def show(result: TestResult) -> None:
        if result.hidden:
            counts[result.tier.value] = counts.get(result.tier.value, 0) + 1
        on_result(public_result(result, counts.get(result.tier.value, 0)))

    return show
