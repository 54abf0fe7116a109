"""One reply in the making: what is known so far, what is said, and what is asked of the engine."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.dialogue.offline.listener import awaits_answer
from interviewer.dialogue.offline.wording import Wording, fill
from interviewer.domain.phases import clock_text
from interviewer.domain.scenario import Scenario
from interviewer.domain.transcript import Line, Speaker
from interviewer.matching.facts import FactMatcher
from interviewer.ports import Desk, InterjectLine, InterviewView, Move, MoveOutcome


class Talk:
    """Collects the pieces of one reply. Everything it remembers is read off the view's lines."""

    def __init__(
        self,
        *,
        scenario: Scenario,
        matcher: FactMatcher,
        view: InterviewView,
        desk: Desk,
        wording: Wording,
        seed: int,
    ) -> None:
        self.scenario = scenario
        self.matcher = matcher
        self.view = view
        self.desk = desk
        self.wording = wording
        self.seed = seed
        self.pieces: list[str] = []
        before = [line for line in view.lines if not view.turn or line.seq < view.turn]
        self.said: list[str] = [li.text for li in before if li.speaker is Speaker.INTERVIEWER]
        self.heard: list[str] = [li.text for li in before if li.speaker is Speaker.CANDIDATE]
        self.text = next((li.text for li in view.lines if view.turn and li.seq == view.turn), "")
        self.standing = _since_candidate(before)
        self._tables = (f"level.{view.seniority.value}", f"company.{view.company}")

    @property
    def everything_heard(self) -> str:
        """All the candidate said so far, this turn included."""
        return "\n".join((*self.heard, self.text))

    @property
    def spoke(self) -> bool:
        """Whether something is to be said already."""
        return bool(self.pieces)

    @property
    def asks(self) -> bool:
        """Whether the reply so far ends in a question; one question at a time is enough."""
        return bool(self.pieces) and awaits_answer(self.pieces[-1])

    def words_for(self, move: str, **values: object) -> str:
        """A filled variant of a move that was not said before, as far as there is one."""
        said: Sequence[str] = (*self.said, *self.pieces)
        return fill(self.wording.choose(move, said, self.seed, *self._tables), {**self.clock(), **values})

    def say(self, move: str, **values: object) -> None:
        """Say a variant of a move."""
        self.add(self.words_for(move, **values))

    def add(self, text: str) -> None:
        """Say a text."""
        if text.strip():
            self.pieces.append(text.strip())

    def ask(self, move: Move) -> MoveOutcome:
        """Ask the engine for a move, and say what it grants."""
        outcome = self.desk.request(move)
        if outcome.granted:
            self.add(outcome.text)
        return outcome

    def interject(self, trigger: str, reason: str, line: str) -> bool:
        """Speak unasked, once per trigger in a session; whether it was said."""
        if trigger in self.view.interjections or not line.strip():
            return False
        return self.ask(InterjectLine(trigger, reason, line)).granted

    def last_was(self, *moves: str) -> bool:
        """Whether what the interviewer said since the candidate's last turn holds one of these moves."""
        return any(self.wording.was_said(move, line) for move in moves for line in self.standing)

    def count(self, *moves: str) -> int:
        """How many of the interviewer's lines hold one of these moves."""
        return sum(any(self.wording.was_said(move, line) for move in moves) for line in self.said)

    def clock(self) -> dict[str, str]:
        """The true times in words."""
        time = self.view.time
        left = clock_text(time.remaining) if time.remaining is not None else ""
        share = time.phase_budget
        phase_left = clock_text(share - time.phase_elapsed) if share is not None else ""
        return {"left": left, "phase_left": phase_left, "spent": clock_text(time.elapsed)}


def _since_candidate(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the interviewer said since the candidate last spoke: what a turn may be a reply to."""
    found: list[str] = []
    for line in reversed(lines):
        if line.speaker is Speaker.CANDIDATE:
            break
        if line.speaker is Speaker.INTERVIEWER:
            found.append(line.text)
    return tuple(reversed(found))
