"""One live session. Every change of it passes through here: the only writer of its events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Phase, Pressure, pressure
from interviewer.domain.rubric import Level, Rubric
from interviewer.domain.scenario import Scenario
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.session import SessionState, decide, evolve, fold, hint_cost, hint_refusal, sha
from interviewer.domain.test_run import ProgramRun, RunPurpose, TestRun
from interviewer.errors import CommandRefused
from interviewer.ports import (
    CallsModels,
    Clock,
    Executor,
    Interviewer,
    InterviewView,
    Listener,
    Occasion,
    OnOutput,
    OnResult,
    Rater,
    SessionWriter,
    Understanding,
)
from interviewer.service.desk import SessionDesk
from interviewer.service.runs import Runs
from interviewer.service.view import build_view

OnEvent = Callable[[ev.SessionEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """The session's clock at one moment; seconds, None where untimed."""

    elapsed: float
    total: float | None
    remaining: float | None
    phase: Phase
    phase_elapsed: float
    phase_budget: float | None
    pressure: Pressure
    phase_pressure: Pressure
    paused: bool
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HintOffer:
    """The next rung: what it costs, or why it cannot be had now."""

    rung: int
    rungs: int
    cost: str
    refusal: str


class Interview:
    """A session being held. Not thread-safe: use it from one event loop; runs go to worker threads."""

    def __init__(
        self,
        *,
        log: Sequence[ev.SessionEvent],
        scenario: Scenario,
        writer: SessionWriter,
        interviewer: Interviewer,
        listener: Listener,
        executor: Executor,
        clock: Clock,
        rater: Rater,
        rubric: Rubric,
    ) -> None:
        self.scenario = scenario
        self.interviewer = interviewer
        self._log: list[ev.SessionEvent] = list(log)
        self._state = fold(self._log)
        self._writer = writer
        self._listener = listener
        self._clock = clock
        self._rater = rater
        self._rubric = rubric
        self._callbacks: list[OnEvent] = []
        # The program may have been closed since the last event: that time is not the candidate's.
        self._zero = clock.now() - self._state.at
        self._runs = Runs(scenario, executor, apply=self._apply, state=lambda: self._state)
        self._finishing = asyncio.Lock()

    # --- reading ------------------------------------------------------------------------------

    @property
    def session(self) -> str:
        """The session's id."""
        return self._state.first.session

    @property
    def state(self) -> SessionState:
        """The session's state."""
        return self._state

    @property
    def log(self) -> tuple[ev.SessionEvent, ...]:
        """All events so far."""
        return tuple(self._log)

    def now(self) -> float:
        """Session seconds."""
        return max(self._clock.now() - self._zero, self._state.at)

    def clock(self) -> ClockReading:
        """What the clock shows."""
        at, state = self.now(), self._state
        phase = state.phase or state.plan.phases[0].phase
        elapsed, spent = state.active(at), state.phase_seconds(phase, at)
        budget = state.plan.budget(phase)
        return ClockReading(
            elapsed=elapsed,
            total=state.plan.total_seconds,
            remaining=state.remaining(at),
            phase=phase,
            phase_elapsed=spent,
            phase_budget=budget,
            pressure=pressure(elapsed, state.plan.total_seconds),
            phase_pressure=pressure(spent, budget),
            paused=state.paused_at is not None,
            ended=state.ended is not None,
        )

    def hint_offer(self) -> HintOffer:
        """What the next hint costs, shown before it is taken."""
        rungs = len(self.scenario.hints)
        rung = min(self._state.hints + 1, rungs)
        return HintOffer(
            rung=rung, rungs=rungs, cost=hint_cost(rung, rungs), refusal=hint_refusal(self._state, rungs)
        )

    def view(self, occasion: Occasion) -> InterviewView:
        """What an interviewer would see now."""
        return build_view(self._state, self._log, self.scenario, occasion, self.now())

    def subscribe(self, callback: OnEvent) -> Callable[[], None]:
        """Call `callback` for every event appended from now on; returns the way to stop."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback) if callback in self._callbacks else None

    # --- the dialogue -------------------------------------------------------------------------

    async def open(self) -> AsyncGenerator[str, None]:
        """The interviewer's opening; nothing when it was said before."""
        if any(isinstance(event, ev.InterviewerSaid) for event in self._log):
            return
        async with aclosing(self._respond(Occasion.OPENING)) as pieces:
            async for piece in pieces:
                yield piece

    async def take_turn(self, text: str) -> AsyncGenerator[str, None]:
        """Say `text` and yield the reply piece by piece. The line is stored before anything is answered."""
        turn, heard = self.say(text)
        replies = self._respond(Occasion.TURN, turn=turn, act=heard.act, segments=heard.segments)
        async with aclosing(replies) as pieces:
            async for piece in pieces:
                yield piece

    def say(self, text: str) -> tuple[int, Understanding]:
        """Record a line without asking for an answer; gives its number and how it was understood."""
        said = self._apply(cmd.Say(text))[0]
        view = build_view(self._state, self._log, self.scenario, Occasion.TURN, self.now(), turn=said.seq)
        heard = self._listener.understand(text, view)
        self._apply(cmd.Classify(said.seq, heard.act, heard.segments))
        return said.seq, heard

    async def hint(self) -> AsyncGenerator[str, None]:
        """Ask for the next rung; the interviewer explains a refusal."""
        self._running("take a hint")
        async with aclosing(self._respond(Occasion.HINT)) as pieces:
            async for piece in pieces:
                yield piece

    async def go_to(self, phase: Phase | None = None) -> AsyncGenerator[str, None]:
        """Move to `phase`, or to the next one, at the candidate's wish."""
        state = self._state
        target = phase or state.plan.after(state.phase or state.plan.phases[0].phase)
        if target is None:
            raise CommandRefused("this is the last phase", remedy="end the interview with /end")
        if self._apply(cmd.EnterPhase(target, ev.EnteredBy.CANDIDATE)):
            async with aclosing(self._respond(Occasion.PHASE)) as pieces:
                async for piece in pieces:
                    yield piece

    async def react(self, occasion: Occasion) -> AsyncGenerator[str, None]:
        """The interviewer's reaction to a test run or a program run; may be nothing."""
        await self._runs.probed()
        if self._state.ended is None and self._state.paused_at is None:
            async with aclosing(self._respond(occasion)) as pieces:
                async for piece in pieces:
                    yield piece

    async def watch(self, *, typing: bool = False, ends: bool = True) -> AsyncGenerator[str, None]:
        """Let time act: due notices, the end of the interview, and an interjection if one is due.

        Call it about once a second. While the candidate is typing nobody interrupts. With `ends` False the
        interview goes on although its time is up, until the next call: what is unsent can be taken first.
        """
        was_over = self._state.ended is not None
        self._apply(cmd.Tick(ends=ends))
        if was_over or self._state.paused_at is not None:
            return
        if self._state.ended is not None:
            occasion = Occasion.CLOSING
        elif typing:
            return
        else:
            occasion = Occasion.WATCH
        async with aclosing(self._respond(occasion)) as pieces:
            async for piece in pieces:
                yield piece

    async def end(self, reason: ev.EndReason = ev.EndReason.CANDIDATE) -> AsyncGenerator[str, None]:
        """End the interview and yield the closing line."""
        if self._state.ended is not None:
            return
        self._apply(cmd.End(reason))
        async with aclosing(self._respond(Occasion.CLOSING)) as pieces:
            async for piece in pieces:
                yield piece

    # --- code ---------------------------------------------------------------------------------

    def edit(self, source: str) -> None:
        """Take a snapshot of the editor; the same text again changes nothing."""
        if self._state.ended is None:
            self._apply(cmd.EditCode(source))

    def draft(self, name: str, text: str) -> None:
        """Keep unsent text (`code`, `reply`)."""
        self._writer.save_draft(name, text)

    async def run_tests(self, on_result: OnResult | None = None) -> TestRun:
        """Run the visible tests on the last snapshot."""
        self._may_run()
        return await self._runs.tests(RunPurpose.VISIBLE, on_result)

    async def submit(self, on_result: OnResult | None = None) -> TestRun:
        """Run all tests on the last snapshot; returned and shown without what is hidden."""
        self._may_run()
        return await self._runs.tests(RunPurpose.SUBMIT, on_result)

    async def run_program(self, on_output: OnOutput | None = None) -> ProgramRun:
        """Run the last snapshot as a program."""
        self._may_run()
        return await self._runs.program(on_output)

    # --- clock, end and rating ----------------------------------------------------------------

    def pause(self) -> None:
        """Stop the clock."""
        self._apply(cmd.Pause())

    def resume(self) -> None:
        """Let the clock run again."""
        self._apply(cmd.Resume())

    async def finish(self) -> None:
        """After the end, run all tests once and grade the candidate's own checks; acts once."""
        async with self._finishing:
            await self._runs.probed()
            state = self._state
            if state.ended is None:
                raise CommandRefused("the interview has not ended", remedy="/end")
            done = any(isinstance(e, ev.TestsRan) and e.purpose is RunPurpose.FINAL for e in self._log)
            if done or sha(state.code) == sha(state.first.starter):
                return
            await self._runs.final()

    def rate_self(self, ratings: dict[str, Level]) -> None:
        """Record the candidate's own rating, before the reveal."""
        self._apply(cmd.RateSelf(ratings))

    async def score(self, rater: Rater | None = None, rubric: Rubric | None = None) -> Scorecard:
        """Rate the session and record the scorecard."""
        await self.finish()
        chosen = rater or self._rater
        card = await asyncio.to_thread(chosen.rate, self.log, self.scenario, rubric or self._rubric)
        for call in chosen.take_calls() if isinstance(chosen, CallsModels) else ():
            self._apply(call)
        self._apply(cmd.RecordScore(card))
        return card

    def change_interviewer(self, interviewer: Interviewer, why: str) -> None:
        """Let another interviewer take over."""
        self._apply(cmd.ChangeInterviewer(interviewer.name, why))
        self.interviewer = interviewer

    def close(self) -> None:
        """Give the session free; it can be resumed."""
        self._runs.close()
        self._writer.close()

    # --- inside -------------------------------------------------------------------------------

    def _apply(self, command: cmd.Command) -> tuple[ev.SessionEvent, ...]:
        events = decide(self._state, command, self.now())
        if events:
            self._writer.append(events)
            for event in events:
                self._log.append(event)
                self._state = evolve(self._state, event)
            for event in events:
                for callback in tuple(self._callbacks):
                    callback(event)
        return events

    async def _respond(
        self,
        occasion: Occasion,
        *,
        turn: int = 0,
        act: ev.Act | None = None,
        segments: tuple[ev.Segment, ...] = (),
    ) -> AsyncGenerator[str, None]:
        view = build_view(
            self._state, self._log, self.scenario, occasion, self.now(), turn=turn, act=act, segments=segments
        )
        desk = SessionDesk(
            scenario=self.scenario,
            apply=self._apply,
            state=lambda: self._state,
            now=self.now,
            turn=turn,
            act=act,
        )
        said: list[str] = []
        whole = False
        try:
            async with aclosing(_generator(self.interviewer.respond(view, desk))) as pieces:
                async for piece in pieces:
                    said.append(piece)
                    yield piece
            whole = True
        finally:
            # Runs on Esc, on a model's failure and on the end alike: what was heard stays said.
            text = "".join(said).strip()
            if text:
                self._apply(cmd.Speak(text, turn, interrupted=not whole))
            if desk.end_requested and self._state.ended is None:
                self._apply(cmd.End(ev.EndReason.INTERVIEWER))

    def _running(self, what: str) -> None:
        if self._state.ended is not None:
            raise CommandRefused(f"the interview has ended, you cannot {what}", remedy="see its report")

    def _may_run(self) -> None:
        self._running("run code")
        started = self._state.first
        if not started.code_runs:
            raise CommandRefused(
                f"code cannot be run in the {started.company} format",
                remedy="trace an example by hand and say what you expect",
            )


async def _generator(pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """An iterator as a generator, so that closing it reaches whatever it holds open."""
    try:
        async for piece in pieces:
            yield piece
    finally:
        close = getattr(pieces, "aclose", None)
        if close is not None:
            await close()
