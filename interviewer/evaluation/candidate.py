"""A scripted candidate: plays a persona through a live interview with a simulated clock.

Everything goes through `Interview`, as a person's keystrokes would; nothing is written into the log
from here.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.scenario import Decision, Fact, Scenario
from interviewer.errors import CommandRefused
from interviewer.evaluation import drafts, speech
from interviewer.evaluation.persona import CodePath, OwnChecks, Persona, Reply
from interviewer.ports import Occasion
from interviewer.service.clocks import SimulatedClock
from interviewer.service.interview import Interview

TICK = 10.0


@dataclass(slots=True)
class _Heard:
    """Events up to here were reacted to."""

    seq: int = 0


class ScriptedCandidate:
    """One persona in one interview. The same persona, scenario and seed act the same."""

    def __init__(
        self,
        persona: Persona,
        interview: Interview,
        clock: SimulatedClock,
        own: OwnChecks,
        seed: int = 0,
    ) -> None:
        self.persona = persona
        self.interview = interview
        self.clock = clock
        self.own = own
        self._random = random.Random(f"{persona.id}/{interview.scenario.id}/{seed}")
        self._heard = _Heard()
        self._asked: set[str] = set()
        self._justified: set[str] = set()
        self._windows = 0
        self._narrated = 0

    @property
    def _scenario(self) -> Scenario:
        return self.interview.scenario

    @property
    def _over(self) -> bool:
        return self.interview.state.ended is not None

    # --- the whole interview ------------------------------------------------------------------

    async def play(self) -> None:
        """Play to the end: the persona's own end, the interviewer's, or the clock's."""
        await self._hear(self.interview.open())
        if not self.persona.present:
            await self._wait(3600)
        else:
            await self._clarify()
            await self._outline()
            await self._implement()
            await self._test()
        if not self._over:
            await self._hear(self.interview.end())

    async def _clarify(self) -> None:
        await self._wait(20)
        for line in self.persona.extractions:
            await self._say(line, 15)
        for fact in self._facts(self.persona.ask):
            await self._ask(fact)
        if self.persona.tangents:
            await self._say(speech.tangent(0), 60)
            await self._say(speech.tangent(1), 60)
        if self.persona.restate:
            await self._say(speech.restatement(self._obtained()), 40)

    async def _outline(self) -> None:
        if not self.persona.announces:
            return
        await self._go_to(Phase.OUTLINE)
        if self.persona.outline:
            await self._say(speech.outline(self._scenario), 60)
        for number in range(self.persona.theory // 2):
            await self._say(speech.theory(self._scenario, number), 60)

    async def _implement(self) -> None:
        if self.persona.announces:
            await self._go_to(Phase.IMPLEMENT)
        for number in range(self.persona.theory // 2, self.persona.theory):
            await self._say(speech.theory(self._scenario, number), 100)
            await self._justify(1)
        for number, stage in enumerate(self.persona.code):
            # Code that calls the library is no draft of one's own.
            drafted = [s for s in self.persona.code[:number] if s is not CodePath.LIBRARY]
            await self._write(stage, first=not drafted)
            if number + 1 < len(self.persona.code):
                await self._between(number)

    async def _test(self) -> None:
        if self._over:
            return
        if CodePath.POLISH not in self.persona.code:
            await self._check()
        if self.persona.code and self.persona.runs:
            await self._run_tests(submit=True)
        await self._go_to(Phase.TEST)
        if self.persona.id == "no_check_finisher":
            await self._say("I am done.", 10)
        for _ in range(4):
            await self._wait(30)

    # --- talking ------------------------------------------------------------------------------

    def _facts(self, share: float) -> list[Fact]:
        essential = [f for f in self._scenario.facts if f.essential and f.id not in self._asked]
        count = round(share * sum(f.essential for f in self._scenario.facts))
        return essential[:count]

    def _obtained(self) -> list[Fact]:
        return [f for f in self._scenario.facts if f.id in self.interview.state.facts]

    async def _ask(self, fact: Fact) -> None:
        probes = getattr(fact.probes, self.persona.asks) or fact.probes.all
        if probes:
            self._asked.add(fact.id)
            await self._say(self._random.choice(probes), 15)

    async def _say(self, text: str, seconds: float) -> None:
        if self._over or not text:
            return
        await self._pass(seconds, typing=True)
        if self._over:
            return
        await self._hear(self.interview.take_turn(text))

    async def _go_to(self, phase: Phase) -> None:
        state = self.interview.state
        if self._over or state.phase is None:
            return
        if state.plan.index(state.phase) < state.plan.index(phase):
            await self._hear(self.interview.go_to(phase))

    async def _justify(self, count: int) -> None:
        """Give the reason for `count` decisions unprompted."""
        for decision in self._scenario.decisions:
            if count <= 0 or self._over:
                return
            if decision.id not in self._justified:
                self._justified.add(decision.id)
                count -= 1
                await self._say(self._reason(decision, Reply.REASON), 25)

    async def _misconceive(self) -> None:
        """Explain decisions by a usual misconception."""
        wrong = [d for d in self._scenario.decisions if d.misconceptions]
        for decision in wrong[-self.persona.misconceive :] if self.persona.misconceive else ():
            self._justified.add(decision.id)
            await self._say(speech.misconception(decision, self._anchor()), 25)

    def _anchor(self) -> str:
        names = speech.names_in(self.interview.state.code)
        return names[0] if names else self._scenario.entry[0]

    def _reason(self, decision: Decision, how: Reply) -> str:
        return speech.reason(decision, how, self._anchor())

    # --- code ---------------------------------------------------------------------------------

    async def _write(self, stage: CodePath, *, first: bool) -> None:
        """Type one stage of the code in pieces, talking as much as the persona talks."""
        if stage is CodePath.POLISH:
            await self._check()
            await self._polish()
            return
        source = drafts.source(stage, self._scenario, self.own, self._random)
        # The first draft grows line by line; what comes after it is a change of the whole file.
        pieces = drafts.prefixes(source) if first else [source]
        seconds = (12.0 if first else 1.5) * 60 / len(pieces)
        wanted = round(self.persona.justify * len(self._scenario.decisions))
        vague = round(self.persona.vague * len(self._scenario.decisions))
        for number, piece in enumerate(pieces):
            if self._over:
                return
            await self._type(piece, seconds)
            if stage is CodePath.LIBRARY and self.persona.acts and self._asked_about_libraries():
                await self._say("Right, from scratch. I take the import out and write it myself.", 15)
                return
            if number == 0 and first:
                await self._step_back()
            if self._talks():
                await self._say(speech.narration(piece, len(self._justified) + number), 20)
                done = len(self._justified)
                due = round(wanted * (number + 1) / len(pieces))
                await self._justify(max(0, due - done) if first else 0)
            for story in range(self.persona.tangents):
                await self._say(speech.tangent(number * self.persona.tangents + story), 40)
            if vague and number < vague and first:
                await self._say(speech.vague(number), 15)
            if self.persona.hints and number % 2 == 1:
                await self._beg()
        if first and self._talks(always=self.persona.narrate > 0):
            await self._justify(max(0, wanted - len(self._justified)))
        if first:
            await self._misconceive()
        for line in self.persona.says if first else ():
            await self._say(line, 15)
        if self.persona.runs and self.persona.checks:
            await self._run_tests()

    async def _polish(self) -> None:
        """Go on adding to what is green already, minute by minute."""
        source = self.interview.state.code
        for minute in range(int(self.persona.polish_minutes)):
            await self._type(f"{source}\n\nclass Cached{minute}:\n    memo = {{}}\n", 60)

    def _asked_about_libraries(self) -> bool:
        return any(isinstance(e, ev.Interjected) and e.trigger == "libraries" for e in self.interview.log)

    async def _step_back(self) -> None:
        if self.persona.ask_late:
            await self._say("Let me stop here and clarify a few things before I go on.", 15)
            for fact in self._facts(self.persona.ask_late):
                await self._ask(fact)

    def _talks(self, *, always: bool = False) -> bool:
        """Whether this window gets a line: keeps the narrated share at the persona's."""
        self._windows += 1
        if always or self._narrated < self.persona.narrate * self._windows:
            self._narrated += 1
            return self.persona.narrate > 0
        return False

    async def _beg(self) -> None:
        asked = sum(isinstance(e, ev.HintServed | ev.MoveRefused) for e in self.interview.log)
        if asked < self.persona.hints and not self._over:
            await self._say("What do I do next?", 5)
            if not self._over:
                await self._hear(self.interview.hint())

    async def _between(self, number: int) -> None:
        if self.persona.runs:
            await self._run_tests()
        await self._wait(30)

    async def _type(self, source: str, seconds: float) -> None:
        steps = max(1, int(seconds // 60))
        for _ in range(steps):
            await self._pass(seconds / steps, typing=False)
        if not self._over:
            self.interview.edit(source)

    # --- running ------------------------------------------------------------------------------

    async def _check(self) -> None:
        if not (self.persona.checks or self.persona.edge_checks):
            return
        checks = [*self.own.core[: self.persona.checks], *self.own.edge[: self.persona.edge_checks]]
        if self.persona.walkthrough:
            await self._say(self.own.walkthrough, 30)
        source = self.interview.state.code
        await self._type(f"{source.rstrip()}\n\n\n" + "\n".join(checks) + "\n", 60)
        if self._over or not self.interview.state.first.code_runs:
            return
        await self.interview.run_program()
        await self._hear(self.interview.react(Occasion.PROGRAM))

    async def _run_tests(self, *, submit: bool = False) -> None:
        if self._over or not self.interview.state.first.code_runs:
            return
        await (self.interview.submit() if submit else self.interview.run_tests())
        await self._hear(self.interview.react(Occasion.TESTS))

    # --- time and answers ---------------------------------------------------------------------

    async def _wait(self, seconds: float) -> None:
        await self._pass(seconds, typing=False)

    async def _pass(self, seconds: float, *, typing: bool) -> None:
        """Let time pass in steps; answer whatever the interviewer says meanwhile."""
        left = seconds
        while left > 0 and not self._over:
            step = min(TICK, left)
            left -= step
            self.clock.advance(step)
            await self._hear(self.interview.watch(typing=typing), answering=not typing)

    async def _hear(self, pieces: AsyncIterator[str], *, answering: bool = True) -> None:
        try:
            async for _ in pieces:
                pass
        except CommandRefused:
            return
        if answering:
            await self._answer()

    async def _answer(self) -> None:
        """Answer questions put since the last time: interjections, probes, follow-ups."""
        for _ in range(6):
            question = next((e for e in self.interview.log if e.seq > self._heard.seq and _asks(e)), None)
            if question is None or self._over:
                return
            self._heard.seq = question.seq
            text = self._reply(question)
            if text:
                self.clock.advance(20.0)
                try:
                    async for _ in self.interview.take_turn(text):
                        pass
                except CommandRefused:
                    return

    def _reply(self, question: ev.SessionEvent) -> str:
        names = speech.names_in(self.interview.state.code)
        anchor = names[-1] if names else self._scenario.entry[0]
        match question:
            case ev.Interjected():
                return speech.answer(self.persona.interjection, question.line, anchor, question.seq)
            case ev.DecisionProbed():
                decision = next((d for d in self._scenario.decisions if d.id == question.decision), None)
                if decision is None or self.persona.probe not in (Reply.REASON, Reply.SHORT_REASON):
                    return speech.answer(self.persona.probe, question.question, anchor, question.seq)
                self._justified.add(decision.id)
                return self._reason(decision, self.persona.probe)
            case ev.FollowUpAsked():
                found = next((f for f in self._scenario.follow_ups if f.id == question.follow_up), None)
                if found is None or not self.persona.follow_up:
                    return "" if self.persona.probe is Reply.SILENT else "I am not sure."
                count = max(1, round(self.persona.follow_up * len(found.points)))
                return speech.points([p.text for p in found.points[:count]], terse=self.persona.probe)
            case _:
                return ""


def _asks(event: ev.SessionEvent) -> bool:
    return isinstance(event, ev.Interjected | ev.DecisionProbed | ev.FollowUpAsked)
