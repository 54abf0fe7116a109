"""The tools a model acts through: the same nine in every phase; the engine grants or refuses each call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from interviewer.dialogue.llm.brief import code_block, run_text
from interviewer.domain.events import Act, Segment, Via
from interviewer.domain.scenario import Scenario
from interviewer.matching.rules import any_match
from interviewer.ports import (
    AskTheFollowUp,
    Desk,
    DiscloseFact,
    Hint,
    InterviewView,
    Move,
    NoteTheAssumption,
    ProbeTheDecision,
    RequestEnd,
    RequestPhase,
)

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

FACTS_A_CALL = 3


class Hands:
    """One turn's acts. What was granted is kept, so that it can be seen to be said."""

    def __init__(
        self, scenario: Scenario, view: InterviewView, desk: Desk, on_granted: Callable[[str], None]
    ) -> None:
        self._scenario = scenario
        self._view = view
        self._desk = desk
        self._on_granted = on_granted
        self.granted: list[str] = []

    def disclose(self, facts: list[str]) -> str:
        """Answers of facts by id."""
        known = {t.fact: t.topic for t in self._view.topics}
        lines: list[str] = []
        for fact in list(dict.fromkeys(facts))[:FACTS_A_CALL]:
            if fact not in known:
                lines.append(f"{fact}: no such topic. Ids: {', '.join(known)}")
                continue
            outcome = self._desk.request(DiscloseFact(fact, self.via(fact)))
            if outcome.granted:
                self._grant(outcome.text)
                lines.append(f"{known[fact]}: {outcome.text}")
            else:
                lines.append(f"{known[fact]}: refused, {outcome.text}")
        return "\n".join(lines) or "Name at least one topic id."

    def via(self, fact: str) -> Via:
        """Whether the turn asked for a fact, or assumed it rightly or wrongly."""
        found = self._scenario.fact(fact)
        said = [s.text for s in self._view.segments if s.act in (Act.ASSUMPTION, Act.RESTATEMENT)]
        if found is None or not said:
            return Via.ASKED
        about = [s.text for s in self._view.segments if s.fact == fact and s.text in said] or said
        text = " ".join(about)
        if any_match(found.contradicts, text):
            return Via.CORRECTED
        return Via.CONFIRMED if any_match(found.agrees, text) else Via.ASKED

    def matched_facts(self) -> tuple[str, ...]:
        """Facts the turn was understood to be about, disclosed here and now: for models without tools."""
        wanted = [s.fact for s in self._view.segments if _asks(s)]
        answers: list[str] = []
        for fact in dict.fromkeys(wanted):
            outcome = self._desk.request(DiscloseFact(fact, self.via(fact)))
            if outcome.granted:
                self._grant(outcome.text)
                answers.append(outcome.text)
        return tuple(answers[:FACTS_A_CALL])

    def hint(self) -> str:
        """The next rung."""
        return self._ask(Hint(), "Give the candidate this hint, in these words")

    def follow_up(self, follow_up: str) -> str:
        """A follow-up by id."""
        return self._ask(AskTheFollowUp(follow_up), "Ask this")

    def decision(self, decision: str) -> str:
        """A question for a reason by id."""
        return self._ask(ProbeTheDecision(decision), "Ask this")

    def assumption(self, text: str) -> str:
        """Note an assumption no topic covers."""
        outcome = self._desk.request(NoteTheAssumption(" ".join(text.split())[:300]))
        return "Noted." if outcome.granted else f"Refused: {outcome.text}"

    def next_phase(self) -> str:
        """The engine's answer to moving on."""
        if self._view.next_phase is None:
            return "Refused: this is the last phase."
        outcome = self._desk.request(RequestPhase(self._view.next_phase))
        return f"Granted: the phase is {outcome.text} now." if outcome.granted else f"Refused: {outcome.text}"

    def end(self, why: str) -> str:
        """The engine's answer to ending."""
        outcome = self._desk.request(RequestEnd(" ".join(why.split())[:200]))
        return "Granted: say goodbye." if outcome.granted else f"Refused: {outcome.text}"

    def code(self) -> str:
        """The candidate's file."""
        if self._view.code == self._view.starter:
            return "The candidate has not written anything yet."
        return f"<code>\n{code_block(self._view.code)}\n</code>"

    def last_run(self) -> str:
        """The last runs."""
        return run_text(self._view)

    def _ask(self, move: Move, how: str) -> str:
        outcome = self._desk.request(move)
        if not outcome.granted:
            return f"Refused: {outcome.text}"
        self._grant(outcome.text)
        return f"{how}: {outcome.text}"

    def _grant(self, text: str) -> None:
        self.granted.append(text)
        self._on_granted(text)


def _asks(segment: Segment) -> bool:
    return bool(segment.fact) and segment.credited and segment.act is not Act.EXTRACTION


def make_tools(hands: Callable[[], Hands]) -> list[BaseTool]:
    """The tools, acting through whatever `hands` are in charge when one is called.

    They are coroutines so that the engine is asked on the event loop's own thread.
    """
    from langchain_core.tools import StructuredTool
    from pydantic import BaseModel, Field

    class Topics(BaseModel):
        facts: list[str] = Field(description="Ids of the topics the candidate asked about or assumed.")

    class FollowUpId(BaseModel):
        follow_up: str = Field(description="Id of a follow-up from the note.")

    class DecisionId(BaseModel):
        decision: str = Field(description="Id of a question from the note.")

    class Assumption(BaseModel):
        text: str = Field(description="What the candidate has settled, in one sentence.")

    class Why(BaseModel):
        why: str = Field(description="Why the interview should end, in a few words.")

    class Nothing(BaseModel):
        pass

    async def disclose_facts(facts: list[str]) -> str:
        return hands().disclose(facts)

    async def give_hint() -> str:
        return hands().hint()

    async def ask_follow_up(follow_up: str) -> str:
        return hands().follow_up(follow_up)

    async def ask_about_decision(decision: str) -> str:
        return hands().decision(decision)

    async def note_assumption(text: str) -> str:
        return hands().assumption(text)

    async def look_at_code() -> str:
        return hands().code()

    async def look_at_last_run() -> str:
        return hands().last_run()

    async def request_next_phase() -> str:
        return hands().next_phase()

    async def request_end(why: str) -> str:
        return hands().end(why)

    return [
        StructuredTool.from_function(coroutine=act, name=act.__name__, description=about, args_schema=schema)
        for act, about, schema in (
            (disclose_facts, "Get the answers to open topics the candidate asked about or assumed.", Topics),
            (give_hint, "Get the next hint; only when the candidate asks for help.", Nothing),
            (ask_follow_up, "Get a prepared follow-up question to ask now.", FollowUpId),
            (ask_about_decision, "Get a prepared question for the reason behind a choice.", DecisionId),
            (note_assumption, "Record what the candidate settled where no topic fits.", Assumption),
            (look_at_code, "See the candidate's file.", Nothing),
            (look_at_last_run, "See the results of the candidate's last runs.", Nothing),
            (request_next_phase, "Ask to move to the next phase when this one is done.", Nothing),
            (request_end, "Ask to end the interview when everything is done.", Why),
        )
    ]
