"""A simulated candidate played by a model: given a persona, it answers the interviewer and writes code."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.brief import Template
from interviewer.dialogue.llm.history import Message, Side, as_data, clip, merged
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.dialogue.llm.structured import recorded
from interviewer.dialogue.llm.thoughts import Thoughts
from interviewer.dialogue.llm.tokens import estimate
from interviewer.dialogue.llm.usage import Usage
from interviewer.domain.commands import RecordModelCall
from interviewer.domain.phases import Phase, clock_text
from interviewer.domain.rubric import Seniority
from interviewer.domain.transcript import Line, Speaker

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_BLOCK = re.compile(r"```[a-zA-Z]*[ \t]*\n(.*?)(?:\n```|\Z)", re.DOTALL)
MAX_CODE = 8_000
_YOUR_TURN = Message(Side.USER, "(The interviewer waits. It is your turn.)")


@dataclass(frozen=True, slots=True)
class CandidateReply:
    """What the candidate does: words (empty: silence) and the new file (None: unchanged)."""

    text: str
    code: str | None = None


@dataclass(slots=True)
class ModelCandidate:
    """One persona in one interview; `knowledge` is what this person knows about the problem.

    It is told nothing of the scenario beyond the brief and what was said. `calls` lists its model calls.
    """

    settings: ModelSettings
    build: Callable[[], BaseChatModel]
    prompt: Template
    persona: str
    brief: str
    level: Seniority = Seniority.MID
    knowledge: str = ""
    calls: list[RecordModelCall] = field(default_factory=list)
    _model: BaseChatModel | None = None

    async def reply(
        self, lines: Sequence[Line], *, phase: Phase, remaining: float | None, code: str
    ) -> CandidateReply:
        """The next thing this person does; raises ModelFault."""
        from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

        from interviewer.dialogue.llm.agent import usage_of
        from interviewer.dialogue.llm.classify import classify

        if self._model is None:
            self._model = await asyncio.to_thread(self.build)
        system = self.prompt.render(
            persona=self.persona.strip(),
            level=self.level.value,
            brief=self.brief.strip(),
            phase=phase.words,
            time_left="unlimited" if remaining is None else clock_text(remaining),
            code=clip(code, MAX_CODE).strip(),
            knowledge=self.knowledge.strip(),
        )
        chat = [HumanMessage(m.text) if m.side is Side.USER else AIMessage(m.text) for m in _messages(lines)]
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self.settings.turn_seconds):
                answer: Any = await self._model.ainvoke([SystemMessage(system), *chat])
        except Exception as error:  # the library's errors have no common base
            raise classify(error, self.settings) from error
        text = str(answer.text)
        usage = usage_of(answer) or Usage(
            input_tokens=estimate(system) + sum(estimate(str(m.content)) for m in chat),
            output_tokens=estimate(text),
            estimated=True,
        )
        ms = (time.perf_counter() - began) * 1000
        self.calls.append(recorded(self.settings, "candidate", usage, ms))
        return parse_reply(text)


def parse_reply(text: str) -> CandidateReply:
    """Words and code apart; the last block is the file. Raises ModelFault for nothing but thoughts."""
    thoughts = Thoughts()
    heard = thoughts.feed(text) + thoughts.finish()
    if text.strip() and not heard.strip():
        raise ModelFault(FaultKind.EMPTY)
    blocks = _BLOCK.findall(heard)
    words = _BLOCK.sub(" ", heard)
    return CandidateReply(" ".join(words.split()), blocks[-1].rstrip() + "\n" if blocks else None)


def _messages(lines: Sequence[Line]) -> tuple[Message, ...]:
    """The conversation seen from the candidate's side: they are the model, the interviewer is the user."""
    out = []
    for line in lines:
        if not line.text.strip():
            continue
        if line.speaker is Speaker.CANDIDATE:
            out.append(Message(Side.MODEL, line.text))
        else:
            tag = "interviewer" if line.speaker is Speaker.INTERVIEWER else "note"
            out.append(Message(Side.USER, as_data(line.text, tag)))
    if not out or out[0].side is Side.MODEL:
        out.insert(0, Message(Side.USER, "(The interview begins.)"))
    if out[-1].side is Side.MODEL:
        out.append(_YOUR_TURN)
    return merged(out)
