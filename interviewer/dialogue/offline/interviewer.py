"""The built-in interviewer: needs no key and no network, and answers within milliseconds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

from interviewer.dialogue.offline import reactions, turns
from interviewer.dialogue.offline.listener import matcher_for
from interviewer.dialogue.offline.talk import Talk
from interviewer.dialogue.offline.watch import watch
from interviewer.dialogue.offline.wording import Wording, load_wording
from interviewer.domain.scenario import Scenario
from interviewer.ports import Desk, InterviewView, Occasion

_CONDUCT: dict[Occasion, Callable[[Talk], None]] = {
    Occasion.OPENING: reactions.opening,
    Occasion.TURN: turns.answer,
    Occasion.HINT: reactions.hint,
    Occasion.PHASE: reactions.phase,
    Occasion.TESTS: reactions.tests,
    Occasion.PROGRAM: reactions.program,
    Occasion.WATCH: watch,
    Occasion.CLOSING: reactions.closing,
}


class OfflineInterviewer:
    """Implements the port `Interviewer` by rules. Deterministic for a scenario, a seed and a log.

    It remembers nothing itself: what was asked and said is read off the view, so that a session that
    was killed goes on where it stopped.
    """

    def __init__(self, scenario: Scenario, seed: int = 0, *, wording: Wording | Path | None = None) -> None:
        """`wording` replaces the shipped wording file. Raises ContentError when the file is wrong."""
        self._scenario = scenario
        self._seed = seed
        self._matcher = matcher_for(scenario)
        self._wording = wording if isinstance(wording, Wording) else load_wording(wording)

    @property
    def name(self) -> str:
        """How the log calls it."""
        return "offline"

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        """Yield the reply sentence group by sentence group; nothing means staying silent."""
        talk = Talk(
            scenario=self._scenario, matcher=self._matcher, view=view, desk=desk,
            wording=self._wording, seed=self._seed,
        )  # fmt: skip
        _CONDUCT[view.occasion](talk)
        for number, piece in enumerate(talk.pieces):
            yield piece if number == 0 else f" {piece}"
