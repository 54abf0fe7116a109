"""A model interviewer in a real session: what is recorded, and what outlives a restart."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from interviewer.content import Catalogue, load_prompt
from interviewer.dialogue.llm.make import interview_prompts, make_asker, make_model_interviewer
from interviewer.dialogue.llm.settings import find_model
from interviewer.dialogue.offline import OfflineInterviewer, ScenarioListener
from interviewer.domain.events import InterviewerChanged, InterviewerSaid, ModelCalled, Scored
from interviewer.domain.transcript import transcript
from interviewer.scoring import RulesRater
from interviewer.scoring.judge import JudgePrompts, JudgeRater
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import InterviewService, Ports
from interviewer.storage.memory import MemoryStore

CATALOGUE = Catalogue()


@pytest.fixture
async def make_service(settings: Any) -> Any:
    voices: list[Any] = []
    store = MemoryStore()

    def make(**changes: Any) -> InterviewService:
        from dataclasses import replace

        mine = {"test": replace(settings, **changes)}

        def voice(name: str, scenario: Any, seed: int) -> Any:
            offline = OfflineInterviewer(scenario, seed)
            if name == "offline":
                return offline
            both = make_model_interviewer(
                find_model(name, mine), scenario, interview_prompts(load_prompt), fallback=offline, environ={}
            )
            voices.append(both)
            return both

        return InterviewService(
            Ports(
                store=store, executor=None, library=CATALOGUE,  # type: ignore[arg-type]  # nothing runs
                interviewer=voice, listener=ScenarioListener, rater=RulesRater(), clock=SimulatedClock(),
                now_iso=lambda: "2026-01-01", new_id=lambda: "s1", versions={"program": "0"},
            )
        )  # fmt: skip

    yield make
    for voice in voices:
        await voice.close()


async def drain(pieces: Any) -> str:
    return "".join([p async for p in pieces])


async def test_versions_calls_and_words_are_recorded(
    server: Any, play: Any, make_service: Callable[..., InterviewService]
) -> None:
    interview = make_service().start("kmeans_lloyd", interviewer="test", seed=1)
    await drain(interview.open())
    await drain(interview.take_turn("Hello, which shape has X?"))
    started = interview.state.first
    assert started.interviewer == "test:scripted" and started.versions["model"] == "test:scripted"
    assert started.versions["prompt_interviewer"].startswith("interviewer@1+")
    assert sum(isinstance(e, ModelCalled) for e in interview.log) == 2
    assert [e.text for e in interview.log if isinstance(e, InterviewerSaid)] == ["Hello there."] * 2


async def test_a_resumed_session_finds_its_model_and_what_it_spent(
    server: Any, play: Any, make_service: Callable[..., InterviewService]
) -> None:
    first = make_service(budget_tokens=200).start("kmeans_lloyd", interviewer="test", seed=1)
    await drain(first.open())
    await drain(first.take_turn("Hello, which shape has X?"))
    first.close()
    asked = len(server.seen)
    again = make_service(budget_tokens=200).resume("s1")
    assert again.interviewer.name == "test:scripted"
    assert await drain(again.take_turn("Are there weights?"))
    assert len(server.seen) == asked
    assert [e.interviewer for e in again.log if isinstance(e, InterviewerChanged)] == ["offline"]
    assert again.state.interviewer == "offline"
    shown = [line.text for line in transcript(again.log)]
    assert any(text.startswith("interviewer: offline (the session's model budget") for text in shown)
    again.close()


async def test_a_failure_shows_as_a_note_and_the_interview_goes_on(
    server: Any, play: Any, make_service: Callable[..., InterviewService]
) -> None:
    server.default = play(status=401)
    interview = make_service().start("kmeans_lloyd", interviewer="test", seed=1)
    assert await drain(interview.open())
    assert await drain(interview.take_turn("What is the shape of X?"))
    notes = [line.text for line in transcript(interview.log) if line.speaker.value == "note"]
    assert any("refused the key" in note for note in notes)
    assert len(server.seen) == 1


async def test_the_judges_calls_are_recorded_with_its_scorecard(
    server: Any, play: Any, settings: Any, make_service: Callable[..., InterviewService]
) -> None:
    import asyncio

    server.default = play(
        pieces=('{"evidence": [], "checklist": [], "level": "not_assessed", "reason": "x"}',)
    )
    interview = make_service().start("kmeans_lloyd", interviewer="offline", seed=1)
    await drain(interview.open())
    await drain(interview.take_turn("What is the shape of X?"))
    await drain(interview.end())
    judge = JudgeRater(
        make_asker(settings, environ={}),
        JudgePrompts(system=load_prompt("judge"), case=load_prompt("judge_case")),
        samples=1,
    )
    card = await interview.score(judge)
    calls = [e for e in interview.log if isinstance(e, ModelCalled)]
    assert calls and {c.role for c in calls} == {"judge"} and isinstance(interview.log[-1], Scored)
    assert card.rater == "judge:test:scripted" and card.versions["prompt_judge"].startswith("judge@1+")
    assert judge.take_calls() == ()
    interview.close()
    _, second = await asyncio.to_thread(make_service().rescore, "s1", rater=judge)
    assert second.rater == "judge:test:scripted"


async def test_warming_never_fails_and_the_first_reply_tells(
    make_failover: Any, view: Any, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = make_failover(provider="anthropic")
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    # Another test of this process may have loaded it.
    monkeypatch.delitem(sys.modules, "interviewer.dialogue.llm.anthropic_chat", raising=False)
    await both.warm()
    assert await drain(both.respond(view(), desk))
    assert any("install the extra: interviewer[anthropic]" in note for note in desk.notes)
