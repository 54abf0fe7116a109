"""The client path against llama.cpp's own server, with random weights."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from interviewer.content import Catalogue, load_prompt, load_rubric
from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm import structured
from interviewer.dialogue.llm.interviewer import ModelInterviewer
from interviewer.dialogue.llm.make import (
    interview_prompts,
    make_asker,
    model_builder,
    reference_of,
    try_model,
)
from interviewer.dialogue.llm.probe import calls_tools
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.dialogue.offline import OfflineInterviewer, ScenarioListener
from interviewer.domain.transcript import Line, Speaker
from interviewer.ports import InterviewView, Occasion
from interviewer.scoring import RulesRater
from interviewer.scoring.judge import JudgePrompts, JudgeRater
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import InterviewService, Ports
from interviewer.storage.memory import MemoryStore

SCENARIO = Catalogue().get("kmeans_lloyd")
ENVIRON = {"LLAMA_KEY": "right-key"}


@pytest.fixture
def settings(llama: Any) -> ModelSettings:
    return ModelSettings(
        name="llama", preset="llamacpp", model="a-name-it-does-not-have", base_url=llama.url,
        key_env="LLAMA_KEY", context_tokens=16_000, max_tokens=60, tools="auto", retries=0,
    )  # fmt: skip


@dataclass
class Desk:
    calls: list[dict[str, Any]] = field(default_factory=list)

    def request(self, move: Any) -> Any:
        from interviewer.ports import MoveOutcome

        return MoveOutcome(False, "not now")

    def record_leak(self, why: str, characters: int) -> None:
        return

    def record_model_call(self, **call: Any) -> None:
        self.calls.append(call)

    def change_interviewer(self, name: str, why: str) -> None:
        return


@pytest.fixture
def view() -> InterviewView:
    service = InterviewService(
        Ports(
            store=MemoryStore(), executor=None, library=Catalogue(),  # type: ignore[arg-type]  # nothing runs
            interviewer=lambda *_: OfflineInterviewer(SCENARIO), listener=ScenarioListener,
            rater=RulesRater(), clock=SimulatedClock(), now_iso=lambda: "2026-01-01", new_id=lambda: "s",
            versions={},
        )
    )  # fmt: skip
    interview = service.start(SCENARIO.id, seed=1)
    said = Line(3, 5.0, Speaker.CANDIDATE, "Which shape does X have?")
    return replace(interview.view(Occasion.TURN), lines=(said,), turn=3)


@pytest.fixture
async def make(settings: ModelSettings) -> AsyncIterator[Callable[..., ModelInterviewer]]:
    made: list[ModelInterviewer] = []

    def build(environ: dict[str, str] = ENVIRON, **changes: Any) -> ModelInterviewer:
        chosen = replace(settings, **changes)

        async def probe(model: Any) -> bool:
            return await calls_tools(chosen, model)

        one = ModelInterviewer(
            chosen, SCENARIO, interview_prompts(load_prompt), build=model_builder(chosen, environ=environ),
            probe=probe, reference=reference_of(SCENARIO),
        )  # fmt: skip
        made.append(one)
        return one

    yield build
    for one in made:
        await one.close()


async def test_a_reply_streams_with_usage_and_keeps_its_limit(make: Any, view: InterviewView) -> None:
    desk = Desk()
    text = "".join([p async for p in make().respond(view, desk)])
    assert text.strip()
    (call,) = [c for c in desk.calls if c["role"] == "interviewer"]
    assert call["input_tokens"] > 2_000 and not call["estimated"]
    # The server ignores max_completion_tokens; the limit reaches it as max_tokens.
    assert 0 < call["output_tokens"] <= 60
    assert any("calls no tools" in c["error"] for c in desk.calls if c["role"] == "note")


async def test_esc_leaves_the_server_idle_and_the_next_turn_works(
    make: Any, view: InterviewView, llama: Any
) -> None:
    interviewer, desk = make(max_tokens=4_000, tools="off"), Desk()
    pieces = interviewer.respond(view, desk)
    await anext(pieces)
    assert await asyncio.to_thread(llama.busy)
    stopped = time.monotonic()
    await pieces.aclose()
    while await asyncio.to_thread(llama.busy):
        assert time.monotonic() - stopped < 5, "the server never stopped"
        await asyncio.sleep(0.005)
    assert time.monotonic() - stopped < 0.5
    again = make(tools="off")
    assert "".join([p async for p in again.respond(view, desk)]).strip()


async def test_a_wrong_key_is_told(make: Any, view: InterviewView) -> None:
    with pytest.raises(ModelFault) as caught:
        async for _ in make(environ={"LLAMA_KEY": "wrong"}, tools="off").respond(view, Desk()):
            pass
    assert caught.value.kind is FaultKind.AUTH and "LLAMA_KEY" in str(caught.value)


async def test_a_conversation_beyond_the_context_is_shortened(make: Any, view: InterviewView) -> None:
    lines = tuple(
        Line(n, float(n), Speaker.CANDIDATE if n % 2 else Speaker.INTERVIEWER, f"line {n} " + "word " * 150)
        for n in range(1, 40)
    )
    desk = Desk()
    # The settings claim a larger window than the server has.
    interviewer = make(context_tokens=120_000, tools="off", retries=2)
    text = "".join([p async for p in interviewer.respond(replace(view, lines=lines), desk)])
    assert text.strip()
    assert [c["error"] for c in desk.calls if c["role"] == "note"]


async def test_the_probe_tells_the_truth_about_random_weights(settings: ModelSettings) -> None:
    found = await try_model(settings, environ=ENVIRON)
    assert found.answers and found.stream and found.usage and not found.tools


class Pick(BaseModel):
    level: Literal["very_weak", "weak", "strong", "very_strong"]
    sure: bool


async def test_a_schema_binds_even_random_weights(
    settings: ModelSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(structured, "_working", {})
    asker = make_asker(settings, environ=ENVIRON, max_tokens=200)
    for _ in range(5):
        picked = await asyncio.to_thread(asker.ask, "Rate.", "Any level will do.", Pick)
        assert isinstance(picked, Pick)
    assert set(structured._working.values()) == {structured.Rung.JSON_SCHEMA}
    assert all(c.input_tokens and not c.estimated for c in asker.calls)


async def test_a_judge_without_sense_harms_nothing(settings: ModelSettings) -> None:
    clock = SimulatedClock()
    service = InterviewService(
        Ports(
            store=MemoryStore(), executor=None, library=Catalogue(),  # type: ignore[arg-type]  # nothing runs
            interviewer=lambda *_: OfflineInterviewer(SCENARIO), listener=ScenarioListener,
            rater=RulesRater(), clock=clock, now_iso=lambda: "2026-01-01", new_id=lambda: "s", versions={},
        )
    )  # fmt: skip
    interview = service.start(SCENARIO.id, seed=1)
    async for _ in interview.open():
        pass
    for text in ("What is the shape of X?", "What happens with an empty cluster?", "How are ties broken?"):
        clock.advance(30)
        async for _ in interview.take_turn(text):
            pass
    async for _ in interview.end():
        pass
    rubric = load_rubric("ml_coding")
    asker = make_asker(settings, environ=ENVIRON, max_tokens=200)
    prompts = JudgePrompts(system=load_prompt("judge"), case=load_prompt("judge_case"))
    judge = JudgeRater(asker, prompts, samples=1)
    card = await asyncio.to_thread(judge.rate, interview.log, SCENARIO, rubric)
    ruled = {s.signal: s for s in RulesRater().rate(interview.log, SCENARIO, rubric).signals}
    for signal in card.signals:
        # Random words are no quotations, so nothing moves: rated as the rules rate, or not at all.
        assert signal.rating in (None, ruled[signal.signal].rating)
        assert signal.rating is not None or signal.not_assessed
