"""The course of the interview: phases, hints, pauses and the end, at the candidate's wish."""

from __future__ import annotations

from textual.app import App

from interviewer.domain import events as ev
from interviewer.domain.phases import clock_text
from interviewer.errors import CommandRefused, InterviewerError, UsageError
from interviewer.service.interview import Interview
from interviewer.tui.incoming import Incoming
from interviewer.tui.keeper import Keeper
from interviewer.tui.outbox import Outbox
from interviewer.tui.screens.dialogs import Confirm, PauseCover
from interviewer.tui.speech import Speech, Utterance


class Course:
    """Asks before anything is given up, and takes the code before anything moves on.

    What asks must be awaited in a worker.
    """

    def __init__(
        self,
        app: App[object],
        interview: Interview,
        speech: Speech,
        outbox: Outbox,
        keeper: Keeper,
        incoming: Incoming,
    ) -> None:
        self._app = app
        self._interview = interview
        self._speech = speech
        self._outbox = outbox
        self._keeper = keeper
        self._incoming = incoming

    async def next_phase(self) -> bool:
        """Go to the next phase, after asking; False when there is none."""
        state = self._interview.state
        if state.phase is None or (following := state.plan.after(state.phase)) is None:
            return False
        question = f"Leave {state.phase.words.lower()} for {following.words.lower()}?"
        if await self._app.push_screen_wait(Confirm("Next phase", question, "go on")):
            self._keeper.snapshot()
            self._speech.say(Utterance(self._interview.go_to))
        return True

    def go_to(self, name: str) -> None:
        """Go to the phase called `name`, or say which there are."""
        phases = [budget.phase for budget in self._interview.state.plan.phases]
        target = next((p for p in phases if name.lower() in (p.value, p.words.lower())), None)
        if target is None:
            known = ", ".join(p.value for p in phases)
            self._refuse(UsageError(f"no phase {name!r}", remedy=f"known: {known}"))
        else:
            self._speech.say(Utterance(lambda: self._interview.go_to(target)))

    async def hint(self) -> None:
        """Say what the next hint costs, then ask for it; the interviewer tells why there is none."""
        offer = self._interview.hint_offer()
        if not offer.refusal:
            question = f"Hint {offer.rung} of {offer.rungs}: {offer.cost}."
            if not await self._app.push_screen_wait(Confirm("A hint?", question, "take it")):
                return
        self._keeper.snapshot()
        self._speech.say(Utterance(self._interview.hint))

    def pause(self) -> bool:
        """Stop the clock and the interviewer; False, with a notice, when that cannot be done now."""
        self._keeper.snapshot()
        try:
            self._interview.pause()
        except CommandRefused as error:
            self._refuse(error)
            return False
        self._speech.stop()
        return True

    async def cover(self) -> None:
        """Cover everything until the candidate goes on, then let the clock run again."""
        await self._app.push_screen_wait(PauseCover(clock_text(self._interview.clock().elapsed)))
        self._interview.resume()
        if not any(isinstance(event, ev.InterviewerSaid) for event in self._interview.log):
            self._speech.say(Utterance(self._interview.open))

    async def end(self) -> None:
        """End, after asking; the code counts as it stands."""
        text = "The interview ends and is rated. The code counts as it stands."
        if await self._app.push_screen_wait(Confirm("End the interview?", text, "end and rate")):
            self._incoming.take()
            self._keeper.snapshot()
            self._speech.say(Utterance(self._interview.end))

    async def run_out(self) -> None:
        """The time is up: the unsent line counts as said, the code as it stands; then the interview ends."""
        await self._speech.quiet()
        self._incoming.take()
        self._keeper.snapshot()
        if text := self._outbox.take():
            self._interview.say(text)
        self._keeper.write()
        await self._speech.play(Utterance(self._interview.watch))

    def _refuse(self, error: InterviewerError) -> None:
        self._app.notify(str(error), severity="warning", markup=False)
