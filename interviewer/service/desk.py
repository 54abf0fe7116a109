"""The engine's side of an interviewer's moves: every move is granted or refused here, and recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.scenario import Scenario
from interviewer.domain.session import SessionState, sha
from interviewer.errors import CommandRefused
from interviewer.ports import (
    AskTheFollowUp,
    DiscloseFact,
    Hint,
    InterjectLine,
    Move,
    MoveOutcome,
    NoteTheAssumption,
    ProbeTheDecision,
    RequestEnd,
    RequestPhase,
)

FACTS_A_TURN = 3
SILENCE_BEFORE_END = 240.0

Apply = Callable[[cmd.Command], tuple[ev.SessionEvent, ...]]


class SessionDesk:
    """Decides moves for one reply. `apply` appends a command's events; `state` reads the session."""

    def __init__(
        self,
        *,
        scenario: Scenario,
        apply: Apply,
        state: Callable[[], SessionState],
        now: Callable[[], float],
        turn: int,
        act: ev.Act | None,
    ) -> None:
        self._scenario = scenario
        self._apply = apply
        self._state = state
        self._now = now
        self._turn = turn
        self._act = act
        self._told = 0
        self.end_requested = False

    def request(self, move: Move) -> MoveOutcome:
        """Grant or refuse `move` and record which; a refusal says why."""
        try:
            return self._decide(move)
        except CommandRefused as refusal:
            return MoveOutcome(False, refusal.message)

    def record_leak(self, why: str, characters: int) -> None:
        """Record that a passage was withheld."""
        self._apply(cmd.RecordLeak(why, characters))

    def record_model_call(
        self,
        *,
        model: str,
        role: str,
        input_tokens: int,
        output_tokens: int,
        cached_tokens: int = 0,
        cost_usd: float | None = None,
        estimated: bool = False,
        ms: float = 0.0,
        error: str = "",
    ) -> None:
        """Record a call of a language model."""
        self._apply(
            cmd.RecordModelCall(
                model=model,
                role=role,
                input_tokens=input_tokens,
                output_tokens=output_tokens,
                cached_tokens=cached_tokens,
                cost_usd=cost_usd,
                estimated=estimated,
                ms=ms,
                error=error,
            )
        )

    def change_interviewer(self, name: str, why: str) -> None:
        """Record that another interviewer speaks from now on; after the end nothing changes."""
        if self._state().ended is None:
            self._apply(cmd.ChangeInterviewer(name, why))

    def _decide(self, move: Move) -> MoveOutcome:
        match move:
            case DiscloseFact():
                return self._disclose(move)
            case NoteTheAssumption():
                return self._run(cmd.NoteAssumption(move.text, self._turn), move.text)
            case Hint():
                return self._run(cmd.ServeHint(self._scenario.hints))
            case AskTheFollowUp():
                return self._follow_up(move)
            case ProbeTheDecision():
                return self._probe(move)
            case InterjectLine():
                return self._run(cmd.Interject(move.trigger, move.reason, move.line), move.line)
            case RequestPhase():
                return self._phase(move.phase)
            case RequestEnd():
                return self._end()
            case _:
                assert_never(move)

    def _run(self, command: cmd.Command, text: str = "") -> MoveOutcome:
        events = self._apply(command)
        for event in events:
            if isinstance(event, ev.MoveRefused):
                return MoveOutcome(False, event.why)
            if isinstance(event, ev.HintServed):
                return MoveOutcome(True, event.text)
        return MoveOutcome(True, text)

    def _refuse(self, move: str, why: str) -> MoveOutcome:
        self._apply(cmd.RefuseMove(move, why))
        return MoveOutcome(False, why)

    def _disclose(self, move: DiscloseFact) -> MoveOutcome:
        fact = self._scenario.fact(move.fact)
        name = f"disclose({move.fact})"
        if fact is None:
            return self._refuse(name, "no such fact")
        if self._turn == 0:
            return self._refuse(name, "facts are given only in answer to the candidate")
        if self._act is ev.Act.EXTRACTION:
            return self._refuse(name, "the turn asks for hidden material, not for a fact")
        if fact.id in self._state().facts:
            return MoveOutcome(True, fact.answer)
        if self._told >= FACTS_A_TURN:
            return self._refuse(name, f"at most {FACTS_A_TURN} facts a turn")
        self._told += 1
        command = cmd.Disclose(fact.id, fact.topic, fact.answer, move.via, self._turn)
        return self._run(command, fact.answer)

    def _follow_up(self, move: AskTheFollowUp) -> MoveOutcome:
        found = next((f for f in self._scenario.follow_ups if f.id == move.follow_up), None)
        if found is None:
            return self._refuse(f"ask_follow_up({move.follow_up})", "no such follow-up")
        state = self._state()
        if state.plan.after(state.phase or Phase.CLARIFY) is not None:
            return self._refuse(f"ask_follow_up({found.id})", "follow-ups belong to the last phase")
        return self._run(cmd.AskFollowUp(found.id, found.question), found.question)

    def _probe(self, move: ProbeTheDecision) -> MoveOutcome:
        found = next((d for d in self._scenario.decisions if d.id == move.decision), None)
        if found is None:
            return self._refuse(f"probe({move.decision})", "no such decision")
        return self._run(cmd.ProbeDecision(found.id, found.question), found.question)

    def _phase(self, phase: Phase) -> MoveOutcome:
        state = self._state()
        if phase is Phase.TEST and state.code_sha == sha(state.first.starter):
            return self._refuse(f"request_phase({phase.value})", "there is no code yet to test")
        return self._run(cmd.EnterPhase(phase, ev.EnteredBy.INTERVIEWER), phase.words)

    def _end(self) -> MoveOutcome:
        state = self._state()
        last = state.plan.after(state.phase or Phase.CLARIFY) is None
        now = self._now()
        quiet = min(now - state.spoke_at, now - state.code_changed_at)
        if not last and quiet < SILENCE_BEFORE_END:
            return self._refuse("request_end", "the interview is not at its last phase")
        self.end_requested = True
        return MoveOutcome(True)
