"""A model interviewer with the built-in one behind it: the interview goes on whatever the model does."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from interviewer.dialogue.faults import BROKEN_OFF, FaultKind, ModelFault
from interviewer.domain.events import SessionEvent
from interviewer.errors import ModelError
from interviewer.ports import Desk, Interviewer, InterviewView, Occasion, Spending, Versioned, Warming


class FailoverInterviewer:
    """Lets `primary` speak, and `fallback` where it cannot.

    A failed reply is answered by `fallback`, with a note that says why. After `failures` failed replies
    in a row, or one that trying again cannot help, `fallback` takes over until `hand_back`. After a
    failure that may pass, the model is given the word again by itself once `rest` turns have gone by.
    Unasked remarks (the occasion WATCH, about once a second) always come from `fallback`, which needs no
    model.
    """

    def __init__(
        self, primary: Interviewer, fallback: Interviewer, *, failures: int = 3, rest: int = 5
    ) -> None:
        self.primary = primary
        self.fallback = fallback
        self._limit = max(1, failures)
        self._chances = self._limit
        self._rest = max(1, rest)
        self._rested = 0
        self._failed = 0
        self._lasting = False
        self._given_up = False
        self._returning = False

    @property
    def name(self) -> str:
        """Who speaks now."""
        return (self.fallback if self._given_up else self.primary).name

    @property
    def taken_over(self) -> bool:
        """True while the built-in interviewer speaks in the model's place."""
        return self._given_up

    def hand_back(self) -> None:
        """Let the model speak again from the next reply on; that reply records the change."""
        if self._given_up:
            self._given_up, self._returning = False, True
            self._failed, self._rested = 0, 0
            # One more failure is enough to give up again.
            self._chances = 1

    @property
    def versions(self) -> dict[str, str]:
        """What a session should record of the model and its prompts."""
        return dict(self.primary.versions) if isinstance(self.primary, Versioned) else {}

    def recall(self, log: Sequence[SessionEvent]) -> None:
        """Tell the primary of the session's past."""
        if isinstance(self.primary, Spending):
            self.primary.recall(log)

    async def warm(self) -> None:
        """Load the primary's libraries in a thread; what fails here is told by the first reply."""
        if isinstance(self.primary, Warming):
            with suppress(ModelError):
                await self.primary.warm()

    async def close(self) -> None:
        """Close what the primary holds open."""
        close = getattr(self.primary, "close", None)
        if close is not None:
            await close()

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncGenerator[str, None]:
        """Yield a reply; a model's failure ends in a note, never in an exception."""
        if self._given_up and not self._lasting and view.occasion is Occasion.TURN:
            self._rested += 1
            if self._rested > self._rest:
                self.hand_back()
        if self._given_up or view.occasion is Occasion.WATCH:
            async with _closing(self.fallback.respond(view, desk)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        if self._returning:
            self._returning = False
            desk.change_interviewer(self.primary.name, "handed back")
        spoke = False
        try:
            async with _closing(self.primary.respond(view, desk)) as pieces:
                async for piece in pieces:
                    spoke = spoke or bool(piece.strip())
                    yield piece
            self._failed, self._chances = 0, self._limit
            return
        except ModelError as error:
            fault = error
        self._failed += 1
        desk.record_model_call(
            model=self.primary.name, role="note", input_tokens=0, output_tokens=0, error=str(fault)
        )
        if self._failed >= self._chances or (isinstance(fault, ModelFault) and fault.permanent):
            self._given_up, self._rested = True, 0
            self._lasting = isinstance(fault, ModelFault) and fault.permanent
            desk.change_interviewer(self.fallback.name, _why(fault, self._failed))
        if spoke:
            yield f" {BROKEN_OFF}"
            return
        async with _closing(self.fallback.respond(view, desk)) as pieces:
            async for piece in pieces:
                yield piece


def _why(fault: ModelError, failed: int) -> str:
    if isinstance(fault, ModelFault) and fault.kind is FaultKind.BUDGET:
        return "the session's model budget is used up"
    if isinstance(fault, ModelFault) and fault.permanent:
        return fault.message
    return f"the model failed {failed} times in a row" if failed > 1 else "the model failed"


@asynccontextmanager
async def _closing(pieces: AsyncIterator[str]) -> AsyncGenerator[AsyncIterator[str], None]:
    """Close an iterator that can be closed, so that a cancelled reply reaches the model's server."""
    try:
        yield pieces
    finally:
        close = getattr(pieces, "aclose", None)
        if close is not None:
            await close()
