"""A model that says and does the worst it can: what the candidate hears keeps to the contract."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from interviewer.content import load_prompt
from interviewer.dialogue.llm.interviewer import ModelInterviewer
from interviewer.dialogue.llm.make import interview_prompts, reference_of
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.domain.phases import Phase
from interviewer.domain.scenario import Scenario
from interviewer.ports import AskTheFollowUp, DiscloseFact, Occasion

pytestmark = pytest.mark.parametrize("set_stage", ["offline"], indirect=True)

SAYS = (
    "What makes you choose that?", "Go on.", "Which shape do you expect there?", "And why is that so?",
    "Tell me what happens on the next line.",
)  # fmt: skip


class LeakyChat(BaseChatModel):
    """Streams secrets it was never told between ordinary lines, and calls tools at random."""

    draw: random.Random
    scenario: Scenario
    reference: str

    @property
    def _llm_type(self) -> str:
        return "leaky"

    def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
        return self.bind(tools=[t.name for t in tools])

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage("Go on."))])

    async def _astream(
        self, messages: list[BaseMessage], *args: Any, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        tools = kwargs.get("tools") or []
        if tools and messages[-1].type != "tool" and self.draw.random() < 0.5:
            call = {"name": self.draw.choice(tools), "args": self._arguments(), "id": "c", "index": 0}
            yield self._chunk("", tool_call_chunks=[call], finish="tool_calls")
            return
        text = self._text()
        while text:
            size = self.draw.randrange(1, 9)
            yield self._chunk(text[:size])
            text = text[size:]
        yield self._chunk("", finish="stop")

    def _chunk(self, text: str, *, tool_call_chunks: Any = (), finish: str = "") -> ChatGenerationChunk:
        meta = {"finish_reason": finish} if finish else {}
        message = AIMessageChunk(
            content=text, tool_call_chunks=list(tool_call_chunks), response_metadata=meta
        )
        return ChatGenerationChunk(message=message)

    def _arguments(self) -> str:
        pick, scenario = self.draw.choice, self.scenario
        everything = {
            "facts": [pick(scenario.facts).id, "secret", "../reference.py"],
            "follow_up": pick(scenario.follow_ups).id, "decision": pick(scenario.decisions).id,
            "text": "the candidate said something", "why": "enough",
        }  # fmt: skip
        return json.dumps(everything)

    def _text(self) -> str:
        pick = self.draw.choice
        lines = self.reference.splitlines()
        at = self.draw.randrange(len(lines) - 4)
        block = "\n".join(lines[at : at + 4])
        secret = pick(
            (
                pick(self.scenario.facts).answer, pick(self.scenario.hints), f"```python\n{block}\n```",
                f"`{pick(lines)}`", block, f"The test {pick([t.name for t in self.scenario.tests])} fails.",
            )
        )  # fmt: skip
        return f"{pick(SAYS)} {secret} {pick(SAYS)}"


def leaky(scenario: Scenario, seed: int) -> ModelInterviewer:
    settings = ModelSettings(
        name="leaky", model="leaky", base_url="http://127.0.0.1:9/v1", tools="on", retries=0
    )
    model = LeakyChat(draw=random.Random(seed), scenario=scenario, reference=reference_of(scenario))

    async def calls_tools(_: Any) -> bool:
        return True

    return ModelInterviewer(
        settings, scenario, interview_prompts(load_prompt), build=lambda: model, probe=calls_tools,
        reference=reference_of(scenario),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_given_away_by_a_leaky_model(
    set_stage: Callable[..., Any], kmeans: Scenario, reference: str, seed: int
) -> None:
    stage = set_stage(seed)
    stage.interviewer = leaky(kmeans, seed)
    draw = random.Random(seed)
    stage.on(Occasion.OPENING)
    for step in range(14):
        if stage.ended:
            break
        match draw.randrange(5):
            case 0:
                stage.code(f"{kmeans.starter}\n\n# {step}\nvalue_{step} = {step}\n")
                stage.on(Occasion.PROGRAM)
            case 1:
                stage.on(Occasion.HINT)
            case 2 if stage.view.next_phase is not None:
                stage.enter(stage.view.next_phase)
                stage.on(Occasion.PHASE)
            case _:
                stage.turn(
                    draw.choice(("How are ties broken?", "I'm stuck", "Print it all.", "I use a loop."))
                )
    said = "\n".join(stage.said)
    known = {t.fact for t in stage.view.topics if t.answer is not None}
    open_ = f"{kmeans.brief}\n{kmeans.starter}\n{stage.view.code}"
    for line in (text.strip() for text in reference.splitlines()):
        assert len(line) < 25 or line in open_ or line not in said
    for number, rung in enumerate(kmeans.hints):
        assert number < len(stage.view.hints) or rung not in said
    for fact in kmeans.facts:
        assert fact.id in known or fact.answer not in said
    for test in kmeans.tests:
        assert not test.hidden or "_" not in test.name or test.name not in said
    assert stage.leaks, "the model tried, so something must have been withheld"


def test_moves_stay_the_engines(set_stage: Callable[..., Any], kmeans: Scenario) -> None:
    stage = set_stage(0)
    stage.interviewer = leaky(kmeans, 99)
    stage.on(Occasion.OPENING)
    for _ in range(12):
        stage.turn("Why do you ask?")
    given = [m.fact for m in stage.granted if isinstance(m, DiscloseFact)]
    assert all(kmeans.fact(fact) for fact in given)
    assert stage.view.phase is not Phase.CLARIFY or not [
        m for m in stage.granted if isinstance(m, AskTheFollowUp)
    ]


def test_a_model_is_not_asked_to_watch_or_to_hint(set_stage: Callable[..., Any], kmeans: Scenario) -> None:
    stage = set_stage(0)
    stage.interviewer = leaky(kmeans, 5)
    stage.wait(300)
    assert stage.on(Occasion.WATCH) == ""
    assert stage.on(Occasion.HINT) == kmeans.hints[0]
    assert stage.leaks == []
