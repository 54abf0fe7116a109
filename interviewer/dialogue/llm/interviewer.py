"""The interviewer played by a language model: one turn from the view to guarded text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from interviewer.dialogue.faults import PASSING, FaultKind, ModelFault
from interviewer.dialogue.llm.brief import InterviewPrompts, note_text, sheet_text
from interviewer.dialogue.llm.guard import LeakGuard, Piece, Said, Secrets
from interviewer.dialogue.llm.guard.secrets import content_stems, words_of
from interviewer.dialogue.llm.history import Message, conversation
from interviewer.dialogue.llm.moves import Hands, make_tools
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.dialogue.llm.thoughts import Thoughts
from interviewer.dialogue.llm.tokens import TokenCounter
from interviewer.dialogue.llm.usage import Budget, Usage, cost_of
from interviewer.domain.events import Act, ModelCalled, SessionEvent
from interviewer.domain.scenario import Scenario
from interviewer.ports import Desk, Hint, InterviewView, Occasion

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

ROLE = "interviewer"
NEUTRAL = "I would rather not spell that out; I want to see how you get there. What would you try next?"
CUT_SHORT = " …"
TOOL_TOKENS = 1_200
# Progress between failures earns new tries, but not for ever.
MOST_RUNS = 6
_SAID_SHARE = 0.5


@dataclass(slots=True)
class _Turn:
    """What one reply has come to so far."""

    view: InterviewView
    desk: Desk
    hands: Hands
    guard: LeakGuard
    thoughts: Thoughts = field(default_factory=Thoughts)
    said: list[str] = field(default_factory=list)
    replaced: bool = False

    @property
    def text(self) -> str:
        """Everything yielded."""
        return "".join(self.said)


class ModelInterviewer:
    """Implements the port `Interviewer` with a chat model behind an agent.

    `build` makes the chat model and may be slow; it runs in a thread at first use, or in `warm`.
    `probe` finds out once whether the model calls tools, where the settings leave that open.
    `reference` is for the leak guard alone.
    """

    def __init__(
        self,
        settings: ModelSettings,
        scenario: Scenario,
        prompts: InterviewPrompts,
        *,
        build: Callable[[], BaseChatModel],
        probe: Callable[[BaseChatModel], Awaitable[bool]],
        reference: str = "",
    ) -> None:
        self._settings = settings
        self._scenario = scenario
        self._prompts = prompts
        self._build = build
        self._probe = probe
        self._reference = reference
        self._system = prompts.system.render().strip()
        self._counter = TokenCounter(settings.model)
        self.budget = Budget(settings)
        self._model: BaseChatModel | None = None
        self._agents: dict[bool, Any] = {}
        self._tools = {"on": True, "off": False}.get(settings.tools)
        self._turn: _Turn | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def name(self) -> str:
        """The model's label."""
        return self._settings.label

    @property
    def versions(self) -> dict[str, str]:
        """What a session should record: model and prompts."""
        return {"model": self._settings.label, **self._prompts.versions}

    def recall(self, log: Sequence[SessionEvent]) -> None:
        """Count what an earlier part of this session has spent."""
        for event in log:
            if isinstance(event, ModelCalled):
                self.budget.spent += Usage(
                    input_tokens=event.input_tokens,
                    output_tokens=event.output_tokens,
                    cached_tokens=event.cached_tokens,
                    estimated=event.estimated,
                )

    async def warm(self) -> None:
        """Load everything slow in a thread; raises ModelFault when the model cannot be built."""
        loop = asyncio.get_running_loop()
        if self._model is None or self._loop is not loop:
            # A client belongs to the event loop it was first used on.
            self._counter.load_aside()
            await asyncio.to_thread(self._load)
            self._loop = loop

    async def close(self) -> None:
        """Close the connections to the model's server."""
        from interviewer.dialogue.llm.chat import close_model

        model, self._model = self._model, None
        await close_model(model)

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncGenerator[str, None]:
        """Yield the guarded reply. Raises ModelFault when the model could not give one."""
        if view.occasion is Occasion.WATCH:
            return
        if view.occasion is Occasion.HINT:
            outcome = desk.request(Hint())
            yield outcome.text if outcome.granted else f"Not yet: {outcome.text}."
            return
        self.budget.check()
        await self.warm()
        turn = self._begin(view, desk)
        try:
            async with aclosing(self._reply(turn)) as texts:
                async for text in texts:
                    turn.said.append(text)
                    yield text
            for text in _unsaid(turn):
                turn.said.append(text)
                yield text
        except ModelFault:
            for text in self._last_words(turn):
                turn.said.append(text)
                yield text
            raise

    # --- preparing ----------------------------------------------------------------------------

    def _load(self) -> None:
        from interviewer.dialogue.llm.agent import build_agent

        model = self._build()
        system = self._system
        tools = make_tools(self.hands)
        self._agents = {True: build_agent(model, tools, system), False: build_agent(model, [], system)}
        self._model = model

    def hands(self) -> Hands:
        """Who acts in the present turn."""
        assert self._turn is not None
        return self._turn.hands

    def _begin(self, view: InterviewView, desk: Desk) -> _Turn:
        guard = LeakGuard(secrets_for(self._scenario, self._reference, view))
        self._turn = _Turn(view, desk, Hands(self._scenario, view, desk, guard.allow), guard)
        return self._turn

    async def _with_tools(self, turn: _Turn) -> bool:
        if turn.view.occasion in (Occasion.OPENING, Occasion.CLOSING):
            # Nothing to do but speak; the constant tools stay for the cache's sake where they work.
            return self._tools is True
        if self._tools is None:
            assert self._model is not None
            try:
                self._tools = await self._probe(self._model)
            except ModelFault:
                return False
            if not self._tools:
                self._note(turn.desk, "the model calls no tools; facts and hints are served without it")
        return self._tools

    # --- one reply ----------------------------------------------------------------------------

    async def _reply(self, turn: _Turn) -> AsyncGenerator[str, None]:
        from interviewer.dialogue.llm.agent import Reply, as_chat, repaired

        tools = await self._with_tools(turn)
        reply, limit, tries, size, runs = Reply(self._settings), self._room(tools), 0, 0, 0
        facts = () if tools or turn.view.turn == 0 else turn.hands.matched_facts()
        while True:
            sent = self._messages(turn.view, limit, tools, facts)
            size, before = self._counter.messages([m.text for m in sent]), size
            messages = as_chat(sent)
            kept = len(reply.produced)
            try:
                async with aclosing(self._attempt(turn, reply, tools, messages)) as texts:
                    async for text in texts:
                        yield text
                return
            except ModelFault as fault:
                error = fault
            runs += 1
            spoke, reply.partial = reply.partial, False
            fresh = len(reply.produced) > kept and any(m.type == "tool" for m in reply.produced[kept:])
            reply.produced = repaired([*messages, *reply.produced])[len(messages) :]
            if spoke or (error.kind is FaultKind.TRUNCATED and turn.said) or runs >= MOST_RUNS:
                raise error
            if error.kind is FaultKind.NO_TOOLS and tools:
                tools = self._tools = False
                reply.produced = []
                facts = turn.hands.matched_facts() if turn.view.turn else ()
                self._note(turn.desk, "the model calls no tools; facts and hints are served without it")
                continue
            if error.kind in (FaultKind.OVERFLOW, FaultKind.EMPTY):
                # Some servers answer a conversation that is too long with nothing at all.
                limit = size // 2
                if error.kind is FaultKind.OVERFLOW and size != before:
                    self._note(
                        turn.desk, "the conversation is too long for the model; older lines are left out"
                    )
                    continue
            if error.kind is FaultKind.GARBAGE and tools and tries:
                tools, reply.produced = False, []
            tries = 1 if fresh else tries + 1
            wait = self._wait(error, tries)
            if wait is None:
                raise error
            again = f"trying again in {wait:.0f} s" if wait >= 1 else "trying again"
            self._note(turn.desk, f"{error.message}; {again}")
            await asyncio.sleep(wait)

    def _wait(self, fault: ModelFault, tries: int) -> float | None:
        """Seconds until the next try; None when there is none."""
        if fault.kind not in PASSING or tries > self._settings.retries:
            return None
        if fault.retry_after is not None:
            return fault.retry_after if fault.retry_after <= self._settings.retry_wait_seconds else None
        return 0.0 if fault.kind in (FaultKind.EMPTY, FaultKind.GARBAGE) else 0.4 * 2.0**tries

    async def _attempt(
        self, turn: _Turn, reply: Any, tools: bool, messages: list[Any]
    ) -> AsyncGenerator[str, None]:
        from interviewer.dialogue.llm.agent import CUT, Acted, Called, Delta
        from interviewer.dialogue.llm.classify import classify

        slow = asyncio.get_running_loop().call_later(
            self._settings.slow_notice_seconds, self._note, turn.desk, "still waiting for the model"
        )
        try:
            async with aclosing(reply.events(self._agents[tools], [*messages, *reply.produced])) as events:
                async for event in events:
                    slow.cancel()
                    match event:
                        case Delta():
                            for text in self._guarded(turn, turn.guard.feed(turn.thoughts.feed(event.text))):
                                yield text
                        case Called():
                            self._count(turn.desk, event, messages)
                            for text in self._flushed(turn):
                                yield text
                            if event.finish in CUT and event.text.strip():
                                yield CUT_SHORT
                        case Acted():
                            self.budget.check()
                            if turn.said and not turn.text[-1].isspace():
                                yield " "
        except ModelFault:
            raise
        except Exception as error:  # the library's errors have no common base
            raise classify(error, self._settings) from error
        finally:
            slow.cancel()

    def messages(self, view: InterviewView) -> tuple[Message, ...]:
        """What a model with tools is sent for `view`, beside the system prompt."""
        return self._messages(view, self._room(True), True, ())

    def _room(self, tools: bool) -> int:
        """Tokens the conversation may take beside the system prompt, the tools and the reply."""
        room = self._settings.context_tokens - self._settings.max_tokens
        room -= self._counter.count(self._system) + (TOOL_TOKENS if tools else 0)
        return max(200, room)

    def _messages(
        self, view: InterviewView, limit: int, tools: bool, facts: tuple[str, ...]
    ) -> tuple[Message, ...]:
        return conversation(
            view.lines,
            sheet=sheet_text(view, self._prompts),
            note=note_text(view, self._prompts, tools=tools, facts_now=facts),
            budget=limit,
            count=self._counter.count,
        )

    # --- what is said -------------------------------------------------------------------------

    def _guarded(self, turn: _Turn, pieces: list[Piece]) -> list[str]:
        texts: list[str] = []
        for piece in pieces:
            if isinstance(piece, Said):
                texts.append(piece.text)
                continue
            turn.desk.record_leak(piece.why, piece.characters)
            if not turn.replaced:
                turn.replaced = True
                texts.append(f" {self._instead(turn)} " if turn.said or texts else f"{self._instead(turn)} ")
        return texts

    def _instead(self, turn: _Turn) -> str:
        """What is said in a withheld passage's place: the next rung for one who asked for help."""
        if turn.view.act is Act.HELP and not turn.view.hint_refusal:
            outcome = turn.desk.request(Hint())
            if outcome.granted:
                turn.guard.allow(outcome.text)
                return outcome.text
        return NEUTRAL

    def _flushed(self, turn: _Turn) -> list[str]:
        rest = turn.thoughts.finish()
        turn.thoughts = Thoughts()
        return self._guarded(turn, [*turn.guard.feed(rest), *turn.guard.finish()])

    def _last_words(self, turn: _Turn) -> list[str]:
        """What a broken reply still had to say, and what was granted in it: the record says it was told."""
        texts = self._flushed(turn)
        turn.said += texts
        more = _unsaid(turn)
        del turn.said[len(turn.said) - len(texts) :]
        return [*texts, *more]

    # --- counting -----------------------------------------------------------------------------

    def _note(self, desk: Desk, text: str) -> None:
        desk.record_model_call(model=self.name, role="note", input_tokens=0, output_tokens=0, error=text)

    def _count(self, desk: Desk, call: Any, messages: list[Any]) -> None:
        usage = call.usage
        if usage is None:
            usage = Usage(
                input_tokens=self._counter.messages([str(m.text) for m in messages])
                + self._counter.count(self._system),
                output_tokens=self._counter.count(call.text) if call.text else 0,
                estimated=True,
            )
        warning = self.budget.add(usage)
        desk.record_model_call(
            model=self.name,
            role=ROLE,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cached_tokens=usage.cached_tokens,
            cost_usd=cost_of(usage, self._settings),
            estimated=usage.estimated,
            ms=call.ms,
            error=warning,
        )


def secrets_for(scenario: Scenario, reference: str, view: InterviewView) -> Secrets:
    """What the guard withholds at this moment, and what the candidate already has."""
    disclosed = {t.fact for t in view.topics if t.answer is not None}
    passages = [
        ("an answer that was not disclosed", f.answer) for f in scenario.facts if f.id not in disclosed
    ]
    passages += [("a hint that was not served", rung) for rung in scenario.hints[len(view.hints) :]]
    public = [
        view.brief, view.title, view.code, view.starter, view.misconception, NEUTRAL, *scenario.signatures,
        *view.hints, *(q for _, q in view.follow_ups), *(q for _, q in view.decisions),
        *(line.text for line in view.lines), *(t.topic for t in view.topics),
        *(t.answer for t in view.topics if t.answer is not None),
    ]  # fmt: skip
    return Secrets(
        reference=reference,
        passages=tuple(passages),
        # A plain word is no name: only what nobody would say by chance counts.
        names=frozenset(t.name for t in scenario.tests if t.hidden and "_" in t.name),
        public=tuple(text for text in public if text),
    )


def _unsaid(turn: _Turn) -> list[str]:
    """What the engine granted and the reply does not convey, to be said as it is."""
    said = content_stems(words_of(turn.text))
    missing = []
    for text in dict.fromkeys(turn.hands.granted):
        stems = content_stems(words_of(text))
        if stems and len(stems & said) / len(stems) < _SAID_SHARE:
            missing.append(text)
    if not missing:
        return []
    gap = " " if turn.said and not turn.text[-1:].isspace() else ""
    return [gap + " ".join(missing)]
