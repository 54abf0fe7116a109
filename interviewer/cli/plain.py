"""A session line by line: for pipes, scripts and screen readers. The same service as the TUI's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from enum import Enum
from pathlib import Path

from interviewer.cli.console import Console, safe
from interviewer.cli.lines import Lines
from interviewer.cli.wording import clock_line, event_note, program_lines, result_line, run_line
from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import FOUR_LEVELS, Level, Rubric
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.test_run import TestResult
from interviewer.errors import (
    CommandRefused,
    InterviewerError,
    ModelError,
    StoreError,
    UnknownName,
    UsageError,
)
from interviewer.ports import Occasion
from interviewer.service.clocks import SimulatedClock
from interviewer.service.code_file import CodeFile, read_code
from interviewer.service.interview import Interview
from interviewer.service.slash import COMMANDS, Mistyped, Said, parse, seconds

# After this long without a line nobody is taken to be typing, so the interviewer may speak unasked.
QUIET_SECONDS = 120.0
_TICK = 1.0


class Outcome(Enum):
    """How a line-based session was left."""

    RATED = "rated"
    KEPT = "kept"


class PlainSession:
    """Holds one interview over lines.

    `report(scorecard)` renders the report; `simulated` is the clock that `/wait` moves, None with the
    real one; `echo` repeats what the candidate says, for transcripts that are read afterwards.
    """

    def __init__(
        self,
        interview: Interview,
        *,
        rubric: Rubric,
        lines: Lines,
        console: Console,
        report: Callable[[Interview, Scorecard], str],
        simulated: SimulatedClock | None = None,
        file: CodeFile | None = None,
        echo: bool = False,
        end_at_eof: bool = False,
    ) -> None:
        self._interview = interview
        self._rubric = rubric
        self._lines = lines
        self._console = console
        self._report = report
        self._simulated = simulated
        self._file = file
        self._echo = echo
        self._end_at_eof = end_at_eof
        self._leaving = False
        self._hint_confirmed = 0
        self._quiet = 0.0
        self._commands: dict[str, Callable[[str], Awaitable[None]]] = {
            "brief": self._brief, "code": self._code, "show": self._show, "test": self._test,
            "submit": self._submit, "run": self._run, "hint": self._hint, "next": self._next,
            "time": self._time, "wait": self._wait, "pause": self._pause, "end": self._end,
            "report": self._no_report, "quit": self._quit, "help": self._help,
        }  # fmt: skip

    async def hold(self) -> Outcome:
        """The whole session, from the brief to the report; KEPT when it was left before."""
        stop = self._interview.subscribe(self._noted)
        try:
            await self._introduce()
            while self._interview.state.ended is None and not self._leaving:
                line = await self._read()
                if line is None:
                    await self._input_ended()
                else:
                    await self.type(line)
            if self._leaving:
                self._console.line("The session is kept.")
                return Outcome.KEPT
            await self._rate()
            return Outcome.RATED
        finally:
            stop()

    async def type(self, line: str) -> None:
        """Do what one typed line asks for, then let time act."""
        self._quiet = 0.0
        try:
            await self._typed(line)
            if not self._leaving and self._interview.state.ended is None:
                await self._speak(self._interview.watch())
        except StoreError:
            # What cannot be kept must not go on as if it were.
            raise
        except (CommandRefused, UsageError) as error:
            self._console.line(f"note: {error}")

    # --- reading ------------------------------------------------------------------------------

    async def _read(self, prompt: str = "you: ") -> str | None:
        if self._lines.interactive:
            self._console.prompt(prompt)
        while True:
            try:
                return await self._lines.next(_TICK)
            except TimeoutError:
                self._quiet += _TICK
                await self._tick()
                if self._interview.state.ended is not None:
                    return ""

    async def _tick(self) -> None:
        self._take_file()
        await self._speak(self._interview.watch(typing=self._quiet < QUIET_SECONDS))

    async def _input_ended(self) -> None:
        if self._end_at_eof:
            await self._speak(self._interview.end())
        else:
            self._leaving = True

    async def _typed(self, line: str) -> None:
        self._take_file()
        typed = parse(line)
        if isinstance(typed, Mistyped):
            self._console.line(f"note: {typed.line}")
        elif isinstance(typed, Said):
            if typed.text:
                if self._echo:
                    self._console.line(f"you: {typed.text}")
                await self._speak(self._interview.take_turn(typed.text))
        else:
            if self._echo and typed.name not in ("code", "wait"):
                self._console.line(f"you: /{typed.name} {typed.argument}".rstrip())
            await self._commands[typed.name](typed.argument)

    def _take_file(self) -> None:
        if self._file is None:
            return
        try:
            if self._file.changed():
                self._interview.edit(self._file.text)
        except UsageError as error:
            self._console.line(f"note: {error}")

    # --- writing ------------------------------------------------------------------------------

    async def _introduce(self) -> None:
        started = self._interview.state.first
        scenario = self._interview.scenario
        self._console.line(f"Session {started.session}. {scenario.title}.")
        self._console.line(
            "Type to talk to the interviewer; lines that start with a slash are commands, /help lists them."
        )
        if not started.code_runs:
            self._console.line("In this format code cannot be run: trace an example by hand.")
        self._console.line()
        await self._brief("")
        if self._interview.state.phase is not None:
            self._console.line(f"phase: {self._interview.state.phase.words}")
        if self._file is not None:
            self._console.line(f"Your code: {self._file.path}")
            self._interview.edit(self._file.text)
        if self._interview.state.ended is None:
            await self._speak(self._interview.open())

    async def _speak(self, pieces: AsyncGenerator[str, None]) -> None:
        try:
            async with aclosing(pieces) as reply:
                async for piece in reply:
                    self._console.piece(piece)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not self._lines.interactive or task is None:
                raise
            # Ctrl+C during a reply stops the reply; at the prompt it leaves the session.
            task.uncancel()
            self._console.line("note: the reply was stopped")
        except ModelError as error:
            self._console.line(f"note: {error}")
        finally:
            self._console.end_reply()

    def _noted(self, event: ev.SessionEvent) -> None:
        note = event_note(event)
        if note:
            self._console.line(note)

    def _shown(self, result: TestResult) -> None:
        for line in result_line(result):
            self._console.line(line)

    # --- commands -----------------------------------------------------------------------------

    async def _brief(self, _: str) -> None:
        self._console.line(self._interview.scenario.brief.strip())
        self._console.line()
        for signature in self._interview.scenario.signatures:
            self._console.line(f"signature: {signature}")

    async def _code(self, argument: str) -> None:
        if argument:
            source = read_code(Path(argument).expanduser())
        else:
            if self._lines.interactive:
                self._console.line("Type or paste the code; a line with a single dot ends it.")
            source = await self._block()
        self._interview.edit(source)
        if self._echo:
            await self._show("")
        self._console.line(f"code: {len(source.splitlines())} lines taken")

    async def _block(self) -> str:
        taken: list[str] = []
        while (line := await self._read("")) is not None and line.rstrip() != ".":
            if self._interview.state.ended is not None:
                break
            taken.append(line)
        return "".join(f"{line}\n" for line in taken)

    async def _show(self, _: str) -> None:
        for number, line in enumerate(self._interview.state.code.splitlines(), start=1):
            self._console.line(f"{number}: {line}")

    async def _test(self, _: str) -> None:
        run = await self._interview.run_tests(self._later)
        self._console.line(run_line(run))
        await self._speak(self._interview.react(Occasion.TESTS))

    async def _submit(self, _: str) -> None:
        run = await self._interview.submit(self._later)
        self._console.line(run_line(run))
        await self._speak(self._interview.react(Occasion.TESTS))

    @property
    def _later(self) -> Callable[[TestResult], None]:
        # Results come from a worker thread; the console belongs to this one.
        loop = asyncio.get_running_loop()

        def tell(result: TestResult) -> None:
            loop.call_soon_threadsafe(self._shown, result)

        return tell

    async def _run(self, _: str) -> None:
        for line in program_lines(await self._interview.run_program()):
            self._console.line(line)
        await self._speak(self._interview.react(Occasion.PROGRAM))

    async def _hint(self, _: str) -> None:
        offer = self._interview.hint_offer()
        last = offer.rung == offer.rungs and not offer.refusal
        if last and self._hint_confirmed != offer.rung:
            self._hint_confirmed = offer.rung
            self._console.line(f"note: hint {offer.rung} of {offer.rungs} costs: {offer.cost}.")
            self._console.line("note: type /hint again to take it.")
            return
        await self._speak(self._interview.hint())
        after = self._interview.hint_offer()
        if after.rung != offer.rung:
            self._console.line(f"note: the next hint, {after.rung} of {after.rungs}, costs: {after.cost}.")

    async def _next(self, argument: str) -> None:
        await self._speak(self._interview.go_to(self._phase(argument) if argument else None))

    def _phase(self, argument: str) -> Phase:
        names = [budget.phase.value for budget in self._interview.state.plan.phases]
        wanted = argument.lower().replace(" ", "_")
        if wanted not in names:
            raise UnknownName("phase", argument, names)
        return Phase(wanted)

    async def _time(self, _: str) -> None:
        self._console.line(clock_line(self._interview.clock()))

    async def _wait(self, argument: str) -> None:
        if self._simulated is None:
            raise UsageError("time runs by itself here", remedy="start with --clock simulated to use /wait")
        left = seconds(argument)
        # Second by second, as a front end would, so that notices fall where they are due.
        while left > 0 and self._interview.state.ended is None:
            step = min(_TICK, left)
            self._simulated.advance(step)
            left -= step
            await self._speak(self._interview.watch())

    async def _pause(self, _: str) -> None:
        if self._interview.clock().paused:
            self._interview.resume()
        else:
            self._interview.pause()

    async def _end(self, _: str) -> None:
        await self._speak(self._interview.end())

    async def _no_report(self, _: str) -> None:
        raise CommandRefused("there is no report yet", remedy="end the interview with /end")

    async def _quit(self, _: str) -> None:
        self._leaving = True

    async def _help(self, _: str) -> None:
        for command in COMMANDS:
            if command.name != "wait" or self._simulated is not None:
                self._console.line(f"{command.usage}: {command.about}")

    # --- after the end ------------------------------------------------------------------------

    async def _rate(self) -> None:
        self._take_file()
        self._console.line("note: the final run of all tests; this takes a few seconds")
        await self._interview.finish()
        await self._ask_for_self_rating()
        card = await self._interview.score()
        self._console.line()
        self._console.line(self._report(self._interview, card).rstrip())

    async def _ask_for_self_rating(self) -> None:
        if self._interview.state.self_rating is not None or self._interview.state.scored:
            return
        signals = self._rubric.signals
        scale = ", ".join(f"{number} {level.words}" for number, level in enumerate(FOUR_LEVELS, start=1))
        self._console.line()
        self._console.line("Before you see the rating, rate yourself: " + scale + ".")
        self._console.line(
            f"One number for each of: {', '.join(signal.title for signal in signals)}. An empty line skips."
        )
        for _ in range(3):
            line = await self._answer()
            if not line:
                return
            try:
                ratings = self_rating(line, tuple(signal.id for signal in signals))
            except UsageError as error:
                self._console.line(f"note: {error}")
                continue
            try:
                self._interview.rate_self(ratings)
            except StoreError:
                raise
            except InterviewerError as error:
                self._console.line(f"note: {error}")
            return

    async def _answer(self) -> str:
        if self._lines.interactive:
            self._console.prompt("rating: ")
        while True:
            try:
                line = await self._lines.next(_TICK)
            except TimeoutError:
                continue
            return safe(line or "").strip().removeprefix("/quit").removeprefix("/report").strip()


def self_rating(line: str, signals: tuple[str, ...]) -> dict[str, Level]:
    """Levels from a line of numbers 1 to 4, `-` for one left out; raises UsageError."""
    given = line.replace(",", " ").split()
    if len(given) != len(signals) or not all(word in ("1", "2", "3", "4", "-") for word in given):
        raise UsageError(
            f"that is no rating of {len(signals)} signals",
            remedy=f"write {len(signals)} numbers from 1 to 4 with spaces, - for one you leave out, "
            "or nothing to skip",
        )
    return {
        signal: FOUR_LEVELS[int(word) - 1] for signal, word in zip(signals, given, strict=True) if word != "-"
    }
